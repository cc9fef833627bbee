const hidden = '[redacted]'
const named =
  /\b(bearer\s{1,4}|(?:api[ _-]?key|x-api-key|access[ _-]?token|authorization|token|secret|password|key)["']?(?:\s{0,4}[:=]\s{0,4}|\s{1,4}(?=\S*[\d_-]))["']?)(?!bearer\b)[^\s"',;<>]+/gi
const prefixed = /\b(?:sk|pk|rk|key|kie)[-_][\w-]{6,}/gi
const long = /[\w-]{20,}/g

/**
 * Takes out of a text whatever looks like a key: what follows `Bearer`, `api_key=` and the like, `sk-…`, and long runs
 * of letters and digits. Rather a task id too many than one key; names of models stay readable.
 */
export function redact(text: string): string {
  return text
    .replace(named, `$1${hidden}`)
    .replace(prefixed, hidden)
    .replace(long, (run) => (looksRandom(run) ? hidden : run))
}

function looksRandom(run: string): boolean {
  if (!/\d/.test(run) || !/[a-z]/i.test(run)) return false
  const isOneWord = !/[-_]/.test(run)
  const mixesCases = /[a-z]/.test(run) && /[A-Z]/.test(run)
  return isOneWord || mixesCases || run.replace(/\D/g, '').length > 2
}
