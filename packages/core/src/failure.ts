import { readable } from './readable.ts'
import type { TaskFailure, TaskFailureReason } from './task.ts'

interface Rule {
  reason: TaskFailureReason
  /** Codes that mean this where the text says nothing. */
  codes: string
  text: RegExp
  message: string
  worthRetrying: boolean
}

const provider = {
  reason: 'provider',
  message: 'The model failed on this task. Start it again; if it fails again, change the prompt or take another model.',
  worthRetrying: true,
} as const

/** First match wins; texts before codes, because one code (400, 422, 501) stands for several reasons. */
const rules: readonly Rule[] = [
  {
    reason: 'credits',
    codes: '402 433',
    text: /(?:insufficient|not enough) (?:\w+ )?(?:credit|balance|fund|quota)|(?:credits?|quota|balance) (?:is |are )?(?:exhaust|used up|too low|exceeded|not enough|insufficient)/i,
    message: 'There are not enough credits for this task. Top up the Kie.ai account, then start the task again.',
    worthRetrying: false,
  },
  {
    reason: 'content-policy',
    codes: '400 413',
    text: /polic(?:y|ies)|moderat|prohibit|flagged|sensitive|nsfw|violat|could not be processed|copyright|prominent_people|safety|inappropriate|artist name/i,
    message:
      'The content rules of the model refused this request. Change the prompt or the files, then start a new task.',
    worthRetrying: false,
  },
  {
    reason: 'timeout',
    codes: '408',
    text: /time(?:d)?[ -]?out|took too long|\bin time\b/i,
    message: 'The model did not finish in time and gave up. Start the task again, best a little later.',
    worthRetrying: true,
  },
  // Before the input is blamed: these texts may name what was invalid between Kie and the model's maker.
  { ...provider, codes: '', text: /internal (?:server )?error|upstream|try again later/i },
  {
    reason: 'input',
    codes: '422 451',
    text: /\b(?:file|image|video|audio|media|url)\b.{0,80}\b(?:unavailable|unsupported|too (?:large|big|small|long|short)|corrupt|format|fetch|download)|invalid|is required|must be|not supported|replace it/i,
    message:
      'The model could not use what it was given. Check the prompt, the files and the settings, then start a new task.',
    worthRetrying: false,
  },
  {
    ...provider,
    codes: '429 455 500 501 502 503 504 505 531 550',
    text: /server|unable to|try again|failed|overload|busy|maintain|unavailable|capacity/i,
  },
]

const noReason = 'The task failed and Kie.ai did not say why. Start it again; if it fails again, change the request.'

/** Why a task failed, from Kie's code and text. */
export function readFailure(code: string | undefined, text: string | undefined): TaskFailure {
  // Runway sends 0 for 'no code'.
  const known = code === undefined || code === '0' ? '' : readable(code)
  const said = text === undefined ? null : readable(text)
  const rule =
    rules.find((candidate) => said !== null && candidate.text.test(said)) ??
    rules.find((candidate) => known !== '' && candidate.codes.split(' ').includes(known))
  return {
    code: known,
    reason: rule?.reason ?? 'unknown',
    message: rule?.message ?? noReason,
    providerMessage: said,
    worthRetrying: rule?.worthRetrying ?? true,
  }
}
