import '@kiekit/ui/styles.css'
import './preview.css'
import type { Decorator, Preview } from '@storybook/react-vite'
import { StrictMode } from 'react'

const withTheme: Decorator = (Story, { globals }) => {
  const root = document.documentElement
  root.dataset.theme = globals.theme === 'dark' ? 'dark' : 'light'
  root.dir = globals.direction === 'rtl' ? 'rtl' : 'ltr'
  return (
    <StrictMode>
      <Story />
    </StrictMode>
  )
}

const preview: Preview = {
  decorators: [withTheme],
  initialGlobals: { theme: 'light', direction: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Colour theme',
      toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      description: 'Text direction',
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
  },
  parameters: {
    layout: 'padded',
    backgrounds: { disable: true },
    controls: { expanded: true },
    options: { storySort: { order: ['Guides', ['Start here'], 'Overview', 'Components', 'Hooks'] } },
  },
}

export default preview
