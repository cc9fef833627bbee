/** Takes an archive as it comes, and ends when all of it is kept. */
export type ArchiveDestination = (archive: Response) => Promise<void>

interface FilePicker {
  showSaveFilePicker: (options: {
    suggestedName: string
    types: { accept: Record<string, string[]> }[]
  }) => Promise<FileSystemFileHandle>
}

function hasFilePicker(page: object): page is FilePicker {
  return 'showSaveFilePicker' in page && typeof page.showSaveFilePicker === 'function'
}

function asDownload(name: string): ArchiveDestination {
  return async (archive) => {
    const address = URL.createObjectURL(await archive.blob())
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
    return async ({ body }) => {
      // A failure on the way leaves no half of an archive behind: pipeTo aborts the file.
      await (body ? body.pipeTo(file) : file.close())
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // Frames of another origin may not ask.
    return asDownload(name)
  }
}
