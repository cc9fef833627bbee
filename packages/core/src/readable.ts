import { redact } from './redact.ts'

// Kie's texts are a sentence or two: what is longer is not meant for people, and would cost time in every pattern.
const mostRead = 5000
const mostShown = 1000

/** Kie's own text, short enough to show and without anything that looks like a key. */
export function readable(text: string): string {
  const clean = redact(cut(text, mostRead)).trim()
  return clean.length > mostShown ? `${cut(clean, mostShown)}…` : clean
}

/** The beginning of a text, up to a blank where there is one: half a key would no longer look like a key. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const start = text.slice(0, most)
  const blank = start.lastIndexOf(' ')
  return blank > 0 ? start.slice(0, blank) : start
}
