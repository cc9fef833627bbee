function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}

/** The address if it leads to http or https, else `null`: a result is written by others, and `javascript:` is an address too. */
export function safeUrl(url: string | undefined): string | null {
  if (url === undefined) return null
  const parsed = parse(url)
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : null
}

/** The last part of an address's path, as a name for a person. */
export function fileNameOf(url: string): string {
  const path = parse(url)?.pathname ?? ''
  const last = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
