/** Takes an archive as it comes, and ends when all of it is kept. What fails or is called off is not kept at all. */
export type ArchiveDestination = (archive: Response, signal: AbortSignal) => Promise<void>

interface FilePicker {
  showSaveFilePicker: (options: {
    suggestedName: string
    types: { accept: Record<string, string[]> }[]
  }) => Promise<FileSystemFileHandle>
}

function hasFilePicker(page: object): page is FilePicker {
  return 'showSaveFilePicker' in page && typeof page.showSaveFilePicker === 'function'
}

interface Removable {
  remove: () => Promise<void>
}

function isRemovable(handle: object): handle is Removable {
  return 'remove' in handle && typeof handle.remove === 'function'
}

/** A file that was chosen is emptied before it is written: what fails would leave one without anything in it. */
async function removeEmpty(handle: FileSystemFileHandle) {
  const { size } = await handle.getFile()
  if (size === 0 && isRemovable(handle)) await handle.remove()
}

function asDownload(name: string): ArchiveDestination {
  return async (archive, signal) => {
    const blob = await archive.blob()
    signal.throwIfAborted()
    const address = URL.createObjectURL(blob)
    Object.assign(document.createElement('a'), { href: address, download: name }).click()
    // The browser reads the address a moment later.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }
}

/**
 * Where an archive goes. A large one is written to a file of the user's choice as it arrives, so that films do not pile
 * up in memory; a small one, and any where the platform cannot write files, is an ordinary download. To be called
 * first thing after a click, because only then a page may ask for a file.
 *
 * @returns `null` when the user chose none
 */
export async function chooseDestination(name: string, isLarge: boolean): Promise<ArchiveDestination | null> {
  if (!isLarge || !hasFilePicker(window)) return asDownload(name)
  try {
    const handle = await window.showSaveFilePicker({
      suggestedName: name,
      types: [{ accept: { 'application/zip': ['.zip'] } }],
    })
    const file = await handle.createWritable()
    return async ({ body }, signal) => {
      try {
        // A failure on the way leaves no half of an archive behind: pipeTo aborts the file.
        await (body ? body.pipeTo(file, { signal }) : file.close())
      } catch (error) {
        await removeEmpty(handle).catch(() => {})
        throw error
      }
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // Frames of another origin may not ask.
    return asDownload(name)
  }
}
