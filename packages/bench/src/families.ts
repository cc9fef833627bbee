import type { Random } from './random.ts'
import { logNormal, queued, type Truth } from './truth.ts'

/** One model at one moment: what has been observed of it so far, and how long its tasks really take now. */
interface Situation {
  model: string
  /** Durations in ms, oldest first. */
  observed: number[]
  truth: Truth
}

export interface Family {
  name: string
  /** Roughly what the middle task takes, in ms. */
  medianMs: number
  /** How far above the optimum's cost the policy may be, as a share. */
  goal: number
  situation(random: Random): Situation
}

const observations = 20
const s = 1000

function steady(model: string, truth: Truth): Family['situation'] {
  return (random) => ({
    model,
    observed: Array.from({ length: observations }, () => truth.draw(random).doneMs),
    truth,
  })
}

/** A model whose median moves by 2 % a task, up or down, through the observations and on to the task at hand. */
function drifting(model: string, mediansMs: readonly [number, ...number[]], sigma: number): Family['situation'] {
  return (random) => {
    const medianMs = pick(mediansMs, random)
    const pace = random() < 0.5 ? 1.02 : 1 / 1.02
    const at = (tasksAgo: number) => logNormal({ share: 1, medianMs: medianMs / pace ** tasksAgo, sigma })
    return {
      model,
      observed: Array.from({ length: observations }, (_, index) => at(observations - index).draw(random).doneMs),
      truth: at(0),
    }
  }
}

/** Models of which nothing has been observed, by the medians that people measured at Kie.ai, and one between. */
export interface Unseen {
  model: string
  mediansMs: readonly [number, ...number[]]
  sigma: number
}

export const unseenImages: Unseen = {
  model: 'vendor/new-image',
  mediansMs: [5 * s, 15 * s, 31 * s, 62 * s, 93 * s],
  sigma: 0.4,
}
export const unseenVideos: Unseen = {
  model: 'vendor/new-video',
  mediansMs: [61 * s, 96 * s, 148 * s, 208 * s, 300 * s],
  sigma: 0.4,
}

export function unseen(...kinds: [Unseen, ...Unseen[]]): Family['situation'] {
  return (random) => {
    const { model, mediansMs, sigma } = pick(kinds, random)
    return { model, observed: [], truth: logNormal({ share: 1, medianMs: pick(mediansMs, random), sigma }) }
  }
}

function pick<T>(choices: readonly [T, ...T[]], random: Random): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0]
}

/** The kinds of durations that a policy must cope with. */
export const families: readonly Family[] = [
  {
    name: 'short image',
    medianMs: 15 * s,
    goal: 0.1,
    situation: steady('google/nano-banana', logNormal({ share: 1, medianMs: 15 * s, sigma: 0.5 })),
  },
  {
    name: 'image, two in five queued',
    medianMs: 32 * s,
    goal: 0.1,
    situation: steady(
      'nano-banana-2',
      queued({ share: 0.4, medianMs: 75 * s, sigma: 0.4 }, { share: 1, medianMs: 25 * s, sigma: 0.3 }),
    ),
  },
  {
    name: 'video, long tail',
    medianMs: 129 * s,
    goal: 0.1,
    situation: steady(
      'bytedance/seedance-2',
      logNormal({ share: 0.85, medianMs: 120 * s, sigma: 0.35 }, { share: 0.15, medianMs: 320 * s, sigma: 0.5 }),
    ),
  },
  {
    name: 'image, drifting',
    medianMs: 60 * s,
    goal: 0.1,
    situation: drifting('gpt-image-2', [40 * s, 60 * s, 90 * s], 0.35),
  },
  {
    name: 'video, one in ten refused',
    medianMs: 114 * s,
    goal: 0.1,
    situation: steady(
      'veo3_fast',
      logNormal({ share: 0.9, medianMs: 120 * s, sigma: 0.35 }, { share: 0.1, medianMs: 8 * s, sigma: 0.6 }),
    ),
  },
  { name: 'never seen', medianMs: 77 * s, goal: 0.35, situation: unseen(unseenImages, unseenVideos) },
]
