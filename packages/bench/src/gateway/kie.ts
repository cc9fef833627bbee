import { createFakeKie } from '@kiekit/testing'
import { answerParent } from './child.ts'
import { runFast } from './fast-clock.ts'

// A fake Kie, one for each contender, so that their questions can be counted apart.

const [, , callbackKey = '', speed = '1', origin = '0'] = process.argv
if (speed !== '1') runFast(Number(speed), Number(origin))
const picture = { state: 'success', result: { files: ['hills-16x9.png'] }, creditsConsumed: 4 } as const
let questions = 0
const fake = createFakeKie({
  webhookHmacKey: callbackKey,
  keepRequests: 1,
  onRequest: ({ path }) => {
    if (path === '/api/v1/jobs/recordInfo') questions += 1
  },
})
const server = await fake.listen(0)

answerParent((command) => {
  if (command.do === 'listen') return server.port
  if (command.do === 'questions') return questions
  if (command.do !== 'add') return 0
  const { taskId, callBackUrl, endsAfterMs } = command
  const outcome = endsAfterMs === null ? undefined : ({ ...picture, afterMs: endsAfterMs } as const)
  fake.addTask(
    { model: 'z-image', input: { prompt: 'A lake' }, callBackUrl },
    { taskId, scenario: { steps: [{ state: 'generating', afterMs: 0 }], outcome } },
  )
  return 0
})
