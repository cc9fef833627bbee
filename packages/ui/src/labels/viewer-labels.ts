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
}
