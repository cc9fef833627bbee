/** A browser that has not begun to save by then never will. */
const forgetMs = 60_000

/** Has the browser save a file, as if the user had clicked on a download link. */
export function saveFile(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), forgetMs)
}
