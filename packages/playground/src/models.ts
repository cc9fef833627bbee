export const aspectRatios = ['1:1', '4:3', '16:9', '9:16'] as const
export type AspectRatio = (typeof aspectRatios)[number]

/** What the form asks for, in the words of each model. */
export interface PlaygroundModel {
  id: string
  label: string
  hasAspectRatio: boolean
  input(prompt: string, aspectRatio: AspectRatio): Record<string, unknown>
}

export const models: readonly [PlaygroundModel, ...PlaygroundModel[]] = [
  {
    id: 'z-image',
    label: 'Z-Image · one image',
    hasAspectRatio: true,
    input: (prompt, aspect_ratio) => ({ prompt, aspect_ratio }),
  },
  {
    id: 'google/imagen4-fast',
    label: 'Imagen 4 Fast · four images',
    hasAspectRatio: true,
    // The documented type of num_images is a string.
    input: (prompt, aspect_ratio) => ({ prompt, aspect_ratio, num_images: '4' }),
  },
  {
    id: 'bytedance/seedance-2',
    label: 'Seedance 2 · video',
    hasAspectRatio: true,
    input: (prompt, aspect_ratio) => ({ prompt, aspect_ratio, resolution: '480p', duration: 5 }),
  },
  {
    id: 'ai-music-api/generate',
    label: 'Suno · two songs',
    hasAspectRatio: false,
    // The model's name is nested: the outer one is the route, the inner one the version.
    input: (prompt) => ({ custom_mode: true, instrumental: true, model: 'V6', title: 'Playground', style: prompt }),
  },
]
