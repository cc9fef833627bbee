import '@kiekit/ui/styles.css'
import './preview.css'
import { type KieLabels, KieLabelsProvider } from '@kiekit/ui'
import { ar } from '@kiekit/ui/labels/ar'
import { en } from '@kiekit/ui/labels/en'
import { es } from '@kiekit/ui/labels/es'
import { zh } from '@kiekit/ui/labels/zh'
import type { Decorator, Preview } from '@storybook/react-vite'
import { StrictMode } from 'react'

const languages: Record<string, KieLabels> = { en, es, zh, ar }

const withGlobals: Decorator = (Story, { globals }) => {
  const root = document.documentElement
  root.dataset.theme = globals.theme === 'dark' ? 'dark' : 'light'
  root.lang = String(globals.language)
  root.dir = globals.direction === 'rtl' || globals.language === 'ar' ? 'rtl' : 'ltr'
  return (
    <StrictMode>
      <KieLabelsProvider labels={languages[String(globals.language)] ?? en}>
        <Story />
      </KieLabelsProvider>
    </StrictMode>
  )
}

const preview: Preview = {
  decorators: [withGlobals],
  initialGlobals: { theme: 'light', direction: 'ltr', language: 'en' },
  globalTypes: {
    theme: {
      description: 'Colour theme',
      toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      description: 'Text direction',
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
    language: {
      description: 'Language of the kit’s own words',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'es', title: 'Español' },
          { value: 'zh', title: '中文' },
          { value: 'ar', title: 'العربية' },
        ],
        dynamicTitle: true,
      },
    },
  },
  parameters: {
    layout: 'padded',
    backgrounds: { disable: true },
    controls: { expanded: true },
    options: {
      storySort: {
        order: ['Guides', ['Start here', 'On your page', 'Words', 'Your own UI'], 'Overview', 'Components', 'Hooks'],
      },
    },
  },
}

export default preview
