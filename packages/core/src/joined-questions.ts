import { kieError } from './describe-error.ts'

interface Question<Answer> {
  id: string
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
  /** Whether the asker went away early, and what to do when it does. */
  hasLeft: boolean
  onLeave: () => unknown
}

interface Ask<Answer> {
  one: (id: string, signal: AbortSignal) => Promise<Answer>
  /** The answers by id, or `null` where the server does not know how to answer many. */
  many: (ids: string[], signal: AbortSignal) => Promise<ReadonlyMap<string, Answer> | null>
}

const mostInOne = 100

/**
 * Joins the questions of one turn of the event loop into one request, and equal ones into one question. A server that
 * turns out not to know the joined form is asked one by one from then on.
 *
 * An asker that aborts leaves at once; the request itself is aborted when the last of its askers has left.
 */
export function joinQuestions<Answer>({ one, many }: Ask<Answer>) {
  let waiting: Question<Answer>[] = []
  let canJoin = true

  const askOne = (id: string, questions: Question<Answer>[]) =>
    forAll(questions, async (signal) => {
      const answer = await one(id, signal)
      for (const { resolve } of questions) resolve(answer)
    })

  const askMany = (groups: (readonly [string, Question<Answer>[]])[]) =>
    forAll(
      groups.flatMap(([, questions]) => questions),
      async (signal) => {
        const answers = await many(
          groups.map(([id]) => id),
          signal,
        )
        canJoin &&= answers !== null
        for (const [id, questions] of groups) {
          const answer = answers?.get(id)
          if (answer === undefined) void askOne(id, questions)
          else for (const { resolve } of questions) resolve(answer)
        }
      },
    )

  const flush = () => {
    const ids = new Set(waiting.map(({ id }) => id))
    const groups = [...ids].map((id) => [id, waiting.filter((question) => question.id === id)] as const)
    waiting = []
    if (canJoin && groups.length > 1) {
      for (let start = 0; start < groups.length; start += mostInOne)
        void askMany(groups.slice(start, start + mostInOne))
    } else {
      for (const [id, questions] of groups) void askOne(id, questions)
    }
  }

  return (id: string, signal?: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', leave)
          how(value)
        }
      const question: Question<Answer> = {
        id,
        resolve: settle(resolve),
        reject: settle(reject),
        hasLeft: false,
        onLeave: () => undefined,
      }
      const leave = () => {
        question.hasLeft = true
        question.reject(kieError({ kind: 'aborted', cause: signal?.reason }))
        question.onLeave()
      }
      if (signal?.aborted) return leave()
      signal?.addEventListener('abort', leave)
      if (waiting.push(question) === 1) queueMicrotask(flush)
    })
}

/** Runs one request for several questions, unless and until all who asked have left. */
async function forAll<Answer>(
  questions: Question<Answer>[],
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  const haveAllLeft = () => questions.every(({ hasLeft }) => hasLeft)
  if (haveAllLeft()) return
  for (const question of questions) question.onLeave = () => haveAllLeft() && controller.abort()
  try {
    await run(controller.signal)
  } catch (error) {
    for (const { reject } of questions) reject(error)
  }
}
