import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, fireEvent, render } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskCard } from '../task-card/task-card.tsx'

const old = succeededTask([{ kind: 'image', url: 'https://files.example/old.png' }])
const picture = () => document.querySelector('[data-slot="task-card-thumbnail-image"]')

describe('a thumbnail of many results', () => {
  it('counts the others as the language writes numbers', () => {
    const many = succeededTask(
      Array.from({ length: 1201 }, () => ({ kind: 'image', url: 'https://files.example/old.png' })),
    )
    const { rerender } = render(<TaskCard task={many} layout="thumbnail" />)
    const count = () => document.querySelector('[data-slot="task-card-thumbnail-count"]')?.firstChild
    expect(count()).toHaveTextContent('+1,200')
    rerender(<TaskCard task={many} layout="thumbnail" labels={{ locale: 'ar-EG' }} />)
    expect(count()).toHaveTextContent('+١٬٢٠٠')
  })
})

describe('a thumbnail whose link has expired', () => {
  it('is renewed, once for all who show the file, also when its row comes back', async () => {
    const getDownloadUrl = vi.fn(async (..._question: unknown[]) => 'https://files.example/fresh.png')
    const fake = createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch })
    const client = { ...fake, getDownloadUrl }
    const row = (
      <KieProvider client={client}>
        <TaskCard task={old} layout="thumbnail" />
      </KieProvider>
    )
    const { unmount } = render(row)
    await act(async () => void fireEvent.error(picture() ?? document.body))
    expect(picture()).toHaveAttribute('src', 'https://files.example/fresh.png')
    unmount()
    render(row)
    expect(picture()).toHaveAttribute('src', 'https://files.example/fresh.png')
    expect(getDownloadUrl).toHaveBeenCalledOnce()
    expect(getDownloadUrl).toHaveBeenCalledWith(expect.any(String), { taskId: old.taskId })
  })

  it('is a sign where there is no fresh one', () => {
    render(<TaskCard task={old} layout="thumbnail" />)
    fireEvent.error(picture() ?? document.body)
    expect(picture()).toBeNull()
    expect(document.querySelector('[data-slot="task-card-thumbnail"] svg')).toBeInTheDocument()
  })
})
