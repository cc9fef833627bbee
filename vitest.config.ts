import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// Packages are tested from their sources, so that no test can pass on a stale build.
const source = {
  resolve: { conditions: ['@kiekit/source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['@kiekit/source', ...defaultServerConditions] } },
}

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/{core,server,testing,bench}/src/**/*.test.ts', 'scripts/**/*.test.mjs'],
        },
      },
      {
        ...source,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['packages/{react,ui}/src/**/*.test.{ts,tsx}'],
          setupFiles: ['./vitest.dom.ts'],
        },
      },
    ],
    restoreMocks: true,
    coverage: {
      provider: 'v8',
      include: ['packages/{core,react,ui,server,testing}/src/**/*.{ts,tsx}'],
      exclude: ['**/*.stories.tsx', '**/*.test.*', '**/*.test-d.*'],
    },
  },
})
