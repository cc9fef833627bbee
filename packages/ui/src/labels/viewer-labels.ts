/** The words of {@link ResultViewer}. */
export interface ViewerLabels {
  'viewer.label': string
  'viewer.close': string
  'viewer.previous': string
  'viewer.next': string
  'viewer.zoom-in': string
  'viewer.zoom-out': string
  'viewer.thumbnails': string
  /** With `{index}` and `{total}` in it. */
  'viewer.position': string
  /** What a screen reader calls the whole, and one picture or film of it. */
  'viewer.carousel': string
  'viewer.slide': string
}

export const viewerLabels: ViewerLabels = {
  'viewer.label': 'Results, large',
  'viewer.close': 'Close',
  'viewer.previous': 'Previous',
  'viewer.next': 'Next',
  'viewer.zoom-in': 'Zoom in',
  'viewer.zoom-out': 'Zoom out',
  'viewer.thumbnails': 'All results',
  'viewer.position': '{index} of {total}',
  'viewer.carousel': 'Carousel',
  'viewer.slide': 'Slide',
}
