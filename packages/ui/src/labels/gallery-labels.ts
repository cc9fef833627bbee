/** The words of {@link ResultGallery}. Positions count from 1. */
export interface GalleryLabels {
  'gallery.label': string
  'gallery.pending': (count: number) => string
  'gallery.empty': string
  'gallery.none': string
  'gallery.image': (position: number, total: number, prompt: string | null) => string
  'gallery.video': (position: number, total: number) => string
  'gallery.audio': (position: number, total: number) => string
  'gallery.text': (position: number, total: number) => string
  'gallery.data': (position: number, total: number) => string
  'gallery.file': (position: number, total: number) => string
  'gallery.broken': string
  /** A film or a sound that was there and could not be played. */
  'gallery.unplayable': string
  'gallery.retry': string
  'gallery.open': string
  'gallery.copy': string
  'gallery.copied': string
  'gallery.copy-link': string
  'gallery.save': string
  'gallery.saving': string
  'gallery.save-failed': string
  'gallery.save-all': (count: number) => string
  /** Of none, while nothing is chosen. */
  'gallery.save-selected': (count: number) => string
  'gallery.select': (position: number, total: number) => string
  'gallery.saving-all': (done: number, count: number) => string
  /** What stops a saving that is under way. */
  'gallery.cancel': string
  'gallery.save-cancelled': string
  'gallery.saved': (count: number) => string
  /** Some could not be fetched: `missing` are their positions. */
  'gallery.saved-some': (saved: number, count: number, missing: number[]) => string
  'gallery.select-all': string
  'gallery.select-none': string
  'gallery.selected': (count: number, total: number) => string
}

export const galleryLabels: GalleryLabels = {
  'gallery.label': 'Results',
  'gallery.pending': (count) => (count === 1 ? '1 result on its way' : `${count} results on their way`),
  'gallery.empty': 'Results appear here.',
  'gallery.none': 'The task finished without any files. Try again, or change the inputs.',
  'gallery.image': (position, total, prompt) => `Image ${position} of ${total}${prompt === null ? '' : `: ${prompt}`}`,
  'gallery.video': (position, total) => `Video ${position} of ${total}`,
  'gallery.audio': (position, total) => `Audio ${position} of ${total}`,
  'gallery.text': (position, total) => `Text ${position} of ${total}`,
  'gallery.data': (position, total) => `Data ${position} of ${total}`,
  'gallery.file': (position, total) => `File ${position} of ${total}`,
  'gallery.broken': 'This file could not be shown. Its link may have expired.',
  'gallery.unplayable':
    'This file could not be played here. Its link may have expired, or its format is not supported.',
  'gallery.retry': 'Try again',
  'gallery.open': 'Open',
  'gallery.copy': 'Copy',
  'gallery.copied': 'Copied',
  'gallery.copy-link': 'Copy link',
  'gallery.save': 'Save',
  'gallery.saving': 'Saving',
  'gallery.save-failed': 'Could not be saved. Try again, or open the file.',
  'gallery.save-all': (count) => `Save all ${count} as a zip`,
  'gallery.save-selected': (count) => (count === 0 ? 'Save selected' : `Save ${count} selected`),
  'gallery.select': (position, total) => `Select result ${position} of ${total}`,
  'gallery.saving-all': (done, count) => `Saving ${done} of ${count}`,
  'gallery.cancel': 'Cancel',
  'gallery.save-cancelled': 'Saving cancelled. Nothing was saved.',
  'gallery.saved': (count) => (count === 1 ? '1 file saved.' : `${count} files saved.`),
  'gallery.saved-some': (saved, count, missing) =>
    `${saved} of ${count} saved. Could not be fetched: ${missing.length === 1 ? 'result' : 'results'} ${missing.join(', ')}.`,
  'gallery.select-all': 'Select all',
  'gallery.select-none': 'Select none',
  'gallery.selected': (count, total) => `${count} of ${total} selected`,
}
