import type { StorybookConfig } from '@storybook/react-vite'
import { defaultClientConditions, mergeConfig } from 'vite'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['./guides/*.mdx', './{,hooks/}*.stories.tsx', '../packages/{ui,react}/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  // The fake Kie's media, which stories load as real files, and those that no model would make.
  staticDirs: [
    { from: '../packages/testing/media', to: '/kie-media' },
    { from: '../packages/ui/src/samples/files', to: '/samples' },
  ],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      resolve: { conditions: ['@kiekit/source', ...defaultClientConditions] },
      build: { chunkSizeWarningLimit: 2000 },
    }),
}

export default config
