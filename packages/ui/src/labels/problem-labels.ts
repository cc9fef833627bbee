import type { KieErrorKind, TaskFailureReason } from '@kiekit/core'

/** The sentences for what went wrong: each says what a person can do about it. */
export type ProblemLabels = { [Reason in TaskFailureReason as `failure.${Reason}`]: string } & {
  [Kind in KieErrorKind as `error.${Kind}`]: string
}

export const problemLabels: ProblemLabels = {
  'failure.content-policy': 'The content filter refused this request. Reword the prompt or use other images.',
  'failure.input': 'The model could not use these inputs. Check the prompt, the files and their links.',
  'failure.credits': 'There were not enough credits for this task. Top up the account, then try again.',
  'failure.timeout': 'The model gave no result in time. Try again, or choose a faster model.',
  'failure.provider': 'The model had a problem of its own. Try again in a few minutes.',
  'failure.unknown': 'The task failed, and no reason was given. Try again, or change the inputs.',
  'error.auth': 'Access was refused. Sign in again, or check the API key on the server.',
  'error.credits': 'The account has run out of credits. Top it up, then try again.',
  'error.validation': 'The request was not accepted. Check the task id and the inputs.',
  'error.not-found': 'This task was not found. Check its id, or start a new one.',
  'error.rate-limit': 'Too many requests at once. Wait a moment, then try again.',
  'error.busy': 'The service is busy or under maintenance. Try again in a few minutes.',
  'error.input-file': 'An input file could not be read. Check that its link is public and still works.',
  'error.unsupported': 'This model or feature is switched off. Choose another one.',
  'error.server': 'The service had a problem of its own. Try again in a moment.',
  'error.network': 'There is no connection. Check your network, then try again.',
  'error.timeout': 'The answer took too long. Check your network, then try again.',
  'error.aborted': 'The request was cancelled. Try again if you still need it.',
  'error.invalid-response': 'The answer made no sense. Check that the address leads to a Kie gateway, then try again.',
}
