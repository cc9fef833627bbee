import { useKieGeneration } from '@kiekit/react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { FakeKieProvider } from './fake-kie-provider.tsx'

/** Creates a task and follows it: a second click, a reload or a lost answer never pays twice. */
function Painter() {
  const picture = useKieGeneration()
  const [first] = picture.results
  const isBusy = picture.isCreating || picture.status === 'running'
  const paint = () => picture.generate({ model: 'google/nano-banana', input: { prompt: 'Dunes' } }).catch(() => {})
  return (
    <>
      <p>
        <button disabled={isBusy} onClick={() => void paint()}>
          Paint dunes
        </button>{' '}
        <button onClick={picture.reset}>Start over</button>
      </p>
      <p>{picture.status}</p>
      {first?.kind === 'image' && <img src={first.url} alt="Dunes" width={320} />}
    </>
  )
}

function Story({ speed }: { speed: number }) {
  return <FakeKieProvider speed={speed}>{() => <Painter />}</FakeKieProvider>
}

const meta = { title: 'Hooks/useKieGeneration', component: Story, args: { speed: 12 } } satisfies Meta<typeof Story>
export default meta

export const APicture: StoryObj<typeof meta> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start over' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Paint dunes' }))
    await expect(await canvas.findByRole('img', {}, { timeout: 15_000 })).toBeVisible()
  },
}
