import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
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

function FakeAccount({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    const fake = createFakeKie({ credits: 128.5 })
    return createKieClient({ baseUrl: location.origin, fetch: fake.fetch })
  })
  return <KieProvider client={client}>{children}</KieProvider>
}

const withFakeAccount: Decorator = (Story) => (
  <FakeAccount>
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
    </div>
  ),
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
