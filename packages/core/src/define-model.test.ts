import { createFakeKie } from '@kiekit/testing'
import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { createKieClient } from './client.ts'
import { defineModel, type StandardSchema } from './define-model.ts'

const zImage = defineModel('z-image', z.object({ prompt: z.string(), aspect_ratio: z._default(z.string(), '1:1') }))

it('makes the request of a model, checked and filled in by its schema', async () => {
  expect(await zImage({ prompt: 'A lake' })).toEqual({
    model: 'z-image',
    input: { prompt: 'A lake', aspect_ratio: '1:1' },
  })
  const callBackUrl = 'https://app.test/cb'
  expect(await zImage({ prompt: 'A lake' }, { callBackUrl })).toMatchObject({ callBackUrl })
  expect(zImage.id).toBe('z-image')
})

it('is what createTask takes', async () => {
  const fake = createFakeKie()
  const client = createKieClient({ fetch: fake.fetch })
  const { taskId } = await client.createTask(await zImage({ prompt: 'A lake' }))
  expect(await client.getTask(taskId)).toMatchObject({ model: 'z-image', request: { input: { aspect_ratio: '1:1' } } })
})

it('names each field that does not fit, before anything is sent', async () => {
  const wrong = { prompt: 5, aspect_ratio: [] } as unknown as { prompt: string }
  await expect(zImage(wrong)).rejects.toMatchObject({ kind: 'validation', outcome: 'known' })
  await expect(zImage(wrong)).rejects.toThrow(/prompt: .+; aspect_ratio: /)
})

it('takes a schema of any library, also one that checks in its own time', async () => {
  const schema: StandardSchema<{ prompt: string }> = {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: async () => ({ issues: [{ message: 'too long', path: [{ key: 'prompt' }, 0] }, { message: 'no' }] }),
    },
  }
  await expect(defineModel('m', schema)({ prompt: 'x' })).rejects.toThrow(/prompt\.0: too long; no/)
})
