import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { describe, expect, it } from 'vitest'
import { CreditsBadge } from './credits-badge.tsx'

const badge = () => document.querySelector('[data-slot="credits-badge"]')

describe('credits that the app knows', () => {
  it.each([
    [128.5, 'enough', '128.5 credits'],
    [1, 'enough', '1 credit'],
    [1_234_567.891, 'enough', '1,234,567.89 credits'],
    [0, 'empty', '0 credits'],
    [-3, 'empty', '-3 credits'],
  ])('shows %s', (credits, state, text) => {
    render(<CreditsBadge credits={credits} />)
    expect(badge()).toHaveAttribute('data-state', state)
    expect(screen.getByText(text)).toBeInTheDocument()
  })

  it('warns in words, not in colour alone, when they run low', () => {
    const { rerender } = render(<CreditsBadge credits={50} low={50} />)
    expect(badge()).toHaveAttribute('data-state', 'low')
    expect(screen.getByText('Running low')).toBeInTheDocument()
    rerender(<CreditsBadge credits={50.01} low={50} />)
    expect(badge()).toHaveAttribute('data-state', 'enough')
    expect(screen.queryByText('Running low')).not.toBeInTheDocument()
  })

  it.each([null, undefined])('is loading while they are %s, and asks nobody', (credits) => {
    render(<CreditsBadge credits={credits} />)
    expect(badge()).toHaveAttribute('data-state', 'loading')
    expect(screen.getByText('Loading credits')).toBeInTheDocument()
  })

  it('are not available where they are no number', () => {
    render(<CreditsBadge credits={Number('n/a')} />)
    expect(badge()).toHaveAttribute('data-state', 'unknown')
    expect(screen.getByText('Balance unknown')).toBeInTheDocument()
    expect(badge()).not.toHaveTextContent('NaN')
  })

  it("writes numbers as the reader's language does", () => {
    const labels = { locale: 'es', 'credits.amount': (amount: string) => `${amount} créditos` }
    render(<CreditsBadge credits={12_345.6} labels={labels} />)
    expect(screen.getByText('12.345,6 créditos')).toBeInTheDocument()
  })

  it('takes ref, classes and another element', () => {
    const ref = createRef<HTMLSpanElement>()
    render(
      <CreditsBadge
        ref={ref}
        credits={3}
        className={(state) => `is-${state}`}
        classNames={{ amount: 'mine' }}
        render={<a href="/billing" />}
      />,
    )
    expect(screen.getByRole('link', { name: '3 credits' })).toHaveClass('is-enough', 'kie:root')
    expect(ref.current).toBe(badge())
    expect(screen.getByText('3 credits')).toHaveClass('mine')
  })
})

describe('credits that it asks for', () => {
  const connected = (options: Parameters<typeof createFakeKie>[0]) => {
    const fake = createFakeKie(options)
    const client = createKieClient({ baseUrl: 'https://kie.test', fetch: fake.fetch })
    render(
      <KieProvider client={client}>
        <CreditsBadge />
      </KieProvider>,
    )
    return fake
  }

  it('shows what is left on the account', async () => {
    connected({ credits: 42.5 })
    expect(badge()).toHaveAttribute('data-state', 'loading')
    expect(await screen.findByText('42.5 credits')).toBeInTheDocument()
  })

  it('says so where it is refused', async () => {
    connected({ apiKey: 'another' })
    expect(await screen.findByText('Balance unknown')).toBeInTheDocument()
    expect(badge()).toHaveAttribute('data-state', 'unknown')
  })
})
