/** What is wrong with a task by the letter of its type; `undefined` where nothing is. */
export function flawOf(task: unknown): string | undefined {
  if (!isPlain(task)) return 'not an object'
  const { state, taskId, model, rawState, request, extra, progress, results, failure, ...rest } = task
  const { createTime, updateTime, completeTime, creditsConsumed, ...unexpected } = rest
  if (Object.keys(unexpected).length > 0) return `unexpected ${Object.keys(unexpected).join()}`
  if (![taskId, model, rawState].every((text) => typeof text === 'string')) return 'taskId, model, rawState'
  if (![createTime, updateTime, completeTime].every((time) => time === null || isNumber(time, 1, 8.64e15)))
    return 'times'
  if (!(creditsConsumed === null || isNumber(creditsConsumed))) return 'creditsConsumed'
  if (!isPlain(extra)) return 'extra'
  if (request !== null && !isRequest(request)) return 'request'
  const own = { progress: progress !== undefined, results: results !== undefined, failure: failure !== undefined }
  const wanted = {
    progress: state !== 'success' && state !== 'fail',
    results: state === 'success',
    failure: state === 'fail',
  }
  if (JSON.stringify(own) !== JSON.stringify(wanted)) return `fields of ${String(state)}`
  if (!['waiting', 'queuing', 'generating', 'success', 'fail'].includes(String(state))) return 'state'
  if (own.progress && progress !== null && !isNumber(progress, 0, 1)) return 'progress'
  if (own.results && !(Array.isArray(results) && results.every(isResult))) return `results ${JSON.stringify(results)}`
  if (own.results && hasDoubles(results)) return 'doubles'
  if (own.failure && !isFailure(failure)) return `failure ${JSON.stringify(failure)}`
  if (hasDangerousKey(task)) return 'dangerous key'
  return undefined
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
function isNumber(value: unknown, from = -Number.MAX_VALUE, to = Number.MAX_VALUE): boolean {
  return typeof value === 'number' && value >= from && value <= to && !Object.is(value, -0)
}
function isRequest(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { model, input, callBackUrl, ...unexpected } = value
  const isRight =
    typeof model === 'string' && isPlain(input) && (callBackUrl === null || typeof callBackUrl === 'string')
  return isRight && Object.keys(unexpected).length === 0
}
function isResult(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { kind, title, ...rest } = value
  if ('title' in value && (typeof title !== 'string' || title === '')) return false
  if (kind === 'text') return typeof rest['text'] === 'string' && rest['text'] !== '' && Object.keys(rest).length === 1
  if (kind === 'data') return rest['data'] !== undefined && Object.keys(rest).length === 1
  const { url, durationSeconds, ...extras } = rest
  if (!['image', 'video', 'audio', 'file'].includes(String(kind)) || !isHttp(url)) return false
  if ('durationSeconds' in rest && !isNumber(durationSeconds, Number.MIN_VALUE)) return false
  const names = ['posterUrl', 'watermarkedUrl', 'streamUrl', 'firstFrameUrl', 'lastFrameUrl']
  return Object.entries(extras).every(([name, extra]) => names.includes(name) && isHttp(extra))
}
function isHttp(url: unknown): boolean {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}
function isFailure(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { code, reason, message, providerMessage, worthRetrying, ...unexpected } = value
  if (Object.keys(unexpected).length > 0 || typeof code !== 'string' || typeof worthRetrying !== 'boolean') return false
  if (!['content-policy', 'input', 'credits', 'timeout', 'provider', 'unknown'].includes(String(reason))) return false
  return (
    typeof message === 'string' && message !== '' && (providerMessage === null || typeof providerMessage === 'string')
  )
}
function hasDoubles(results: unknown): boolean {
  const urls = (results as { url?: string }[]).flatMap(({ url }) => url ?? [])
  return new Set(urls).size !== urls.length
}
function hasDangerousKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([name, inner]) => ['__proto__', 'constructor', 'prototype'].includes(name) || hasDangerousKey(inner),
  )
}
