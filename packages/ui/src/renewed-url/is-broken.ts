/**
 * Whether a picture, a film or a sound has failed. A picture without a size shows nothing. Of a film whose pictures a
 * browser cannot decode it plays the sound, and no error tells of it; but the size is known with the metadata (HTML,
 * "HAVE_METADATA"), and stays 0.
 */
export function isBroken(element: EventTarget): boolean {
  if (element instanceof HTMLImageElement) return element.complete && element.naturalWidth === 0
  if (!(element instanceof HTMLMediaElement)) return false
  const isBlind = 'videoWidth' in element && element.videoWidth === 0
  return Boolean(element.error) || (isBlind && element.readyState >= element.HAVE_METADATA)
}
