import { KieError, type KieErrorDetails, type KieErrorKind } from './kie-error.ts'
import { readable } from './readable.ts'

/** What happened, why it matters, what to do. */
const sentences: Record<KieErrorKind, readonly [happened: string, help: string]> = {
  auth: ['access was refused', 'No request succeeds without it. Check the API key on the server, or sign in again'],
  credits: ['the credits do not suffice', 'Nothing is created until there are more. Top up at kie.ai/billing'],
  validation: ['the request was refused as invalid', 'Asking again brings the same answer. Correct the request'],
  'not-found': [
    'nothing was found',
    'The task was never created, is someone else’s or older than the two months that Kie.ai keeps; or the address is wrong. Check the task id and baseUrl',
  ],
  'rate-limit': ['too many requests', 'This one was not queued. Ask again later and less often'],
  busy: ['Kie.ai is at its limit or under maintenance', 'This request was not queued. Ask again in a minute'],
  'input-file': ['Kie.ai could not fetch an input file', 'The task cannot start without it. Upload the file again'],
  unsupported: ['this feature is switched off at Kie.ai', 'Asking again brings the same answer. Take another model'],
  server: ['the server failed', 'The task, if there is one, is not touched by this. Ask again in a moment'],
  network: [
    'the server could not be reached',
    'The task, if there is one, goes on. Check the connection and ask again',
  ],
  timeout: ['the server did not answer in time', 'The task, if there is one, goes on. Ask again in a moment'],
  aborted: ['the request was cancelled', 'Nobody waits for its answer any more. Ask again when it is needed'],
  'invalid-response': [
    'the answer is none of Kie.ai’s',
    'It cannot be read. Check that baseUrl leads to Kie.ai or to your gateway',
  ],
}

/** An error with the kit's own words for its kind, and Kie's where there are any. */
export function kieError(details: KieErrorDetails & { said?: string | null | undefined }): KieError {
  const { said, ...rest } = details
  const [happened, help] = sentences[rest.kind]
  const facts = [
    ...(rest.code == null ? (rest.httpStatus == null ? [] : [`HTTP ${rest.httpStatus}`]) : [`code ${rest.code}`]),
    ...(said == null || said === '' ? [] : [readable(said)]),
  ]
  const unknown =
    rest.outcome === 'unknown'
      ? ' The task may have been created and paid for all the same: look at kie.ai/logs before you create it again.'
      : ''
  return new KieError(`Kiekit: ${happened}${facts.length ? ` (${facts.join(': ')})` : ''}. ${help}.${unknown}`, rest)
}
