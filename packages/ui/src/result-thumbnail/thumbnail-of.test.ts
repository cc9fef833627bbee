import type { TaskResult } from '@kiekit/core'
import { describe, expect, it } from 'vitest'
import { broken, file, lines, music, picture, play } from '../icon/paths.ts'
import { everyState, succeededTask } from '../samples/sample-task.stories-support.ts'
import { viewTask } from '../task-view/task-view.ts'
import { thumbnailOf } from './thumbnail-of.ts'

const url = 'https://files.example/a.bin'
const posterUrl = 'https://files.example/poster.jpg'

describe('what stands for a task in a small square', () => {
  it.each<[string, TaskResult, { imageUrl: string | null; icon: string | null }]>([
    ['a picture', { kind: 'image', url }, { imageUrl: url, icon: null }],
    ['no picture at a script', { kind: 'image', url: 'javascript:alert(1)' }, { imageUrl: null, icon: broken }],
    ['the poster of a film', { kind: 'video', url, posterUrl }, { imageUrl: posterUrl, icon: play }],
    ['its first frame', { kind: 'video', url, firstFrameUrl: posterUrl }, { imageUrl: posterUrl, icon: play }],
    ['a film without either', { kind: 'video', url }, { imageUrl: null, icon: play }],
    ['the cover of a song', { kind: 'audio', url, posterUrl }, { imageUrl: posterUrl, icon: null }],
    ['a song without one', { kind: 'audio', url }, { imageUrl: null, icon: music }],
    ['a text', { kind: 'text', text: 'x' }, { imageUrl: null, icon: lines }],
    ['data', { kind: 'data', data: 1 }, { imageUrl: null, icon: lines }],
    ['a file', { kind: 'file', url }, { imageUrl: null, icon: file }],
  ])('is %s', (_, result, expected) => {
    expect(thumbnailOf(viewTask(succeededTask([result])))).toEqual({ ...expected, more: 0 })
  })

  it('is the first result, with the number of the others', () => {
    const results: TaskResult[] = [
      { kind: 'image', url },
      { kind: 'audio', url },
      { kind: 'image', url: posterUrl },
    ]
    expect(thumbnailOf(viewTask(succeededTask(results)))).toEqual({ imageUrl: url, icon: null, more: 2 })
  })

  it('is a sign of the state while there is no result', () => {
    const iconOf = (state: keyof typeof everyState) => thumbnailOf(viewTask(everyState[state])).icon
    expect(iconOf('generating')).toBeNull()
    expect(iconOf('loading')).toBeNull()
    expect(iconOf('idle')).toBe(picture)
    expect(iconOf('timed-out')).toBe(picture)
    expect(iconOf('fail')).toBe(broken)
    expect(iconOf('error')).toBe(broken)
  })
})
