import type { DurationPrior } from './durations-fit.ts'
import { kindOfModel } from './media-kind.ts'

/**
 * Medians and spreads of what people measured at Kie.ai in 2026: images from 5 s (z-image) over 31 to 93 s
 * (nano-banana-2) to 62 s (gpt-image-2); videos from 61 to 96 s (veo3_fast) over 148 s (veo3_lite) and 208 s
 * (seedance-2) to 2 to 5 min (Sora 2). For audio and texts no measurement is known: a guess, with a wide spread.
 */
const image: DurationPrior = { medianMs: 26_000, scale: 0.6 }
const video: DurationPrior = { medianMs: 135_000, scale: 0.38 }
const audio: DurationPrior = { medianMs: 40_000, scale: 0.65 }
const text: DurationPrior = { medianMs: 15_000, scale: 0.65 }

const priors = { image, video, audio, text, data: text, file: image }

/** What is believed of a model that was never observed, by the kind of media that its id tells: one object per kind. */
export function durationPrior(model: string): DurationPrior {
  return priors[kindOfModel(model) ?? 'image']
}
