import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie, type FakeKieOptions } from '@kiekit/testing'
import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import { type ReactNode, useState } from 'react'
import { expect } from 'storybook/test'
import { CreditsBadge } from './credits-badge.tsx'

const meta = {
  title: 'Components/CreditsBadge',
  component: CreditsBadge,
} satisfies Meta<typeof CreditsBadge>
export default meta

type Story = StoryObj<typeof meta>

const row = { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' } as const

function FakeAccount({ options, children }: { options: FakeKieOptions; children: ReactNode }) {
  const [client] = useState(() => {
    const fake = createFakeKie(options)
    return createKieClient({ baseUrl: location.origin, fetch: fake.fetch })
  })
  return <KieProvider client={client}>{children}</KieProvider>
}

const withFakeAccount: Decorator = (Story) => (
  <FakeAccount options={{ credits: 128.5 }}>
    <Story />
  </FakeAccount>
)
const withRefusedAccount: Decorator = (Story) => (
  <FakeAccount options={{ apiKey: 'another' }}>
    <Story />
  </FakeAccount>
)

/** Asks for the credits through the real hook. */
export const Live: Story = {
  decorators: [withFakeAccount],
  play: async ({ canvas }) => {
    await canvas.findByText('128.5 credits', {}, { timeout: 15_000 })
  },
}

export const EveryState: Story = {
  render: () => (
    <div style={row}>
      <CreditsBadge credits={null} />
      <CreditsBadge credits={1204.5} low={50} />
      <CreditsBadge credits={12} low={50} />
      <CreditsBadge credits={0} />
      <CreditsBadge credits={Number.NaN} />
    </div>
  ),
}

/** Kie refuses to say how many there are, as it does where the key has no right to. */
export const Unknown: Story = {
  decorators: [withRefusedAccount],
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('Balance unknown', {}, { timeout: 15_000 })
    await expect(canvasElement.querySelector('[data-slot="credits-badge"]')).toHaveAttribute('data-state', 'unknown')
  },
}

export const EveryLook: Story = {
  render: () => (
    <div style={{ display: 'grid', gap: 12 }}>
      {(['soft', 'solid', 'outline', 'dot'] as const).map((variant) => (
        <div key={variant} style={row}>
          {(['sm', 'md', 'lg'] as const).map((size) => (
            <CreditsBadge key={size} credits={1204.5} variant={variant} size={size} />
          ))}
          <CreditsBadge credits={12} low={50} variant={variant} />
          <CreditsBadge credits={0} variant={variant} />
        </div>
      ))}
    </div>
  ),
}

/** Leads to where credits are bought. */
export const AsLink: Story = {
  args: { credits: 12, low: 50, render: <a href="https://kie.ai/billing" /> },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: /12 credits/ })).toHaveAttribute('href', 'https://kie.ai/billing')
  },
}
