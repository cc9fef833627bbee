import { numbersOf } from './numbers-of.ts'

/** The words of {@link ResultGallery}. Positions count from 1. */
export interface GalleryLabels {
  'gallery.label': string
  'gallery.pending': (count: number) => string
  'gallery.empty': string
  'gallery.none': string
  /** There are none because the task failed; why is told elsewhere. */
  'gallery.failed': string
  /** There are none because nothing is known of the task. */
  'gallery.unknown': string
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
  'gallery.copy-failed': string
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

const { write, choose, list } = numbersOf('en')

function of(one: number, all: number): string {
  return `${write(one)} of ${write(all)}`
}

export const galleryLabels: GalleryLabels = {
  'gallery.label': 'Results',
  'gallery.pending': (count) =>
    `${write(count)} ${choose(count, { one: 'result on its way', other: 'results on their way' })}`,
  'gallery.empty': 'Results appear here.',
  'gallery.none': 'The task finished without any files. Try again, or change the inputs.',
  'gallery.failed': 'No results: the task failed.',
  'gallery.unknown': 'No results: the task is not available.',
  'gallery.image': (position, total, prompt) => `Image ${of(position, total)}${prompt === null ? '' : `: ${prompt}`}`,
  'gallery.video': (position, total) => `Video ${of(position, total)}`,
  'gallery.audio': (position, total) => `Audio ${of(position, total)}`,
  'gallery.text': (position, total) => `Text ${of(position, total)}`,
  'gallery.data': (position, total) => `Data ${of(position, total)}`,
  'gallery.file': (position, total) => `File ${of(position, total)}`,
  'gallery.broken': 'This file could not be shown. Its link may have expired.',
  'gallery.unplayable':
    'This file could not be played here. Its link may have expired, or its format is not supported.',
  'gallery.retry': 'Try again',
  'gallery.open': 'Open',
  'gallery.copy': 'Copy',
  'gallery.copied': 'Copied',
  'gallery.copy-failed': 'Could not be copied',
  'gallery.copy-link': 'Copy link',
  'gallery.save': 'Save',
  'gallery.saving': 'Saving',
  'gallery.save-failed': 'Could not be saved. Try again, or open the file.',
  'gallery.save-all': (count) => `Save all ${write(count)} as a zip`,
  'gallery.save-selected': (count) => (count === 0 ? 'Save selected' : `Save ${write(count)} selected`),
  'gallery.select': (position, total) => `Select result ${of(position, total)}`,
  'gallery.saving-all': (done, count) => `Saving ${of(done, count)}`,
  'gallery.cancel': 'Cancel',
  'gallery.save-cancelled': 'Saving cancelled. Nothing was saved.',
  'gallery.saved': (count) => `${write(count)} ${choose(count, { one: 'file', other: 'files' })} saved.`,
  'gallery.saved-some': (saved, count, missing) =>
    `${of(saved, count)} saved. Could not be fetched: ${choose(missing.length, { one: 'result', other: 'results' })} ${list(missing)}.`,
  'gallery.select-all': 'Select all',
  'gallery.select-none': 'Select none',
  'gallery.selected': (count, total) => `${of(count, total)} selected`,
}
