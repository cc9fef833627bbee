import { type FormEvent, useState } from 'react'
import { type AspectRatio, aspectRatios, models } from './models.ts'
import { servedBy } from './served-by.ts'

export interface GenerationRequest {
  model: string
  input: Record<string, unknown>
}

interface GenerationFormProps {
  isCreating: boolean
  error: string | null
  onSubmit: (request: GenerationRequest) => void
}

export function GenerationForm({ isCreating, error, onSubmit }: GenerationFormProps) {
  const [modelId, setModelId] = useState(models[0].id)
  const [prompt, setPrompt] = useState('A quiet lake at dawn, mist over the water, soft pastel light')
  const [aspectRatio, setAspectRatio] = useState<AspectRatio>('4:3')
  const model = models.find((candidate) => candidate.id === modelId) ?? models[0]

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isCreating) onSubmit({ model: model.id, input: model.input(prompt.trim(), aspectRatio) })
  }

  return (
    <form
      onSubmit={submit}
      className="flex flex-col gap-5 rounded-2xl border border-line bg-panel p-5"
      aria-label="New task"
    >
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Model
        <select value={modelId} onChange={(event) => setModelId(event.target.value)} className={field}>
          {models.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>

      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Prompt
        <textarea
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
          rows={4}
          required
          className={`${field} h-auto resize-y py-2 leading-relaxed`}
        />
      </label>

      <fieldset disabled={!model.hasAspectRatio} className="flex flex-col gap-1.5 disabled:opacity-50">
        <legend className="mb-1.5 text-sm font-medium">Aspect ratio</legend>
        <div className="grid grid-cols-4 gap-2">
          {aspectRatios.map((ratio) => (
            <label
              key={ratio}
              className="flex h-10 cursor-pointer items-center justify-center rounded-lg border border-line text-sm text-quiet has-checked:border-accent has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="aspect-ratio"
                value={ratio}
                checked={ratio === aspectRatio}
                onChange={() => setAspectRatio(ratio)}
                className="sr-only"
              />
              {ratio}
            </label>
          ))}
        </div>
      </fieldset>

      <button
        type="submit"
        aria-disabled={isCreating}
        className="h-10 cursor-pointer rounded-lg bg-ink text-sm font-medium text-page outline-accent transition-opacity hover:opacity-90 focus-visible:outline-2 focus-visible:outline-offset-2 aria-disabled:cursor-progress aria-disabled:opacity-60"
      >
        {isCreating ? 'Creating…' : 'Generate'}
      </button>

      {error && (
        <p role="alert" className="text-sm leading-relaxed text-red-700 dark:text-red-400">
          {error}
        </p>
      )}
      {servedBy.fake && (
        <p className="text-xs leading-relaxed text-quiet">
          The fake listens to the prompt: add <code>#fail</code> to see a refusal or <code>#slow</code> to have time for
          a reload.
        </p>
      )}
    </form>
  )
}

const field =
  'h-10 rounded-lg border border-line bg-page px-3 text-sm font-normal outline-accent focus-visible:outline-2 focus-visible:-outline-offset-1'
