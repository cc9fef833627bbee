import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Imports go one way: playground → ui → react → core; server → core; testing → core. */
const layers = {
  core: ['@kiekit/react', '@kiekit/ui', '@kiekit/server', '@kiekit/testing'],
  react: ['@kiekit/ui', '@kiekit/server', '@kiekit/testing'],
  ui: ['@kiekit/server', '@kiekit/testing'],
  server: ['@kiekit/react', '@kiekit/ui', '@kiekit/testing'],
  testing: ['@kiekit/react', '@kiekit/ui', '@kiekit/server'],
}
const testFiles = ['**/*.test.{ts,tsx}', '**/*.test-d.{ts,tsx}', '**/*.stories.tsx', '**/*.stories-support.{ts,tsx}']
const platformFree = ['core', 'react', 'ui']

export default tseslint.config(
  { ignores: ['**/dist/**', '**/coverage/**', 'playwright/.results/**', 'playwright/.report/**', '**/.kiekit/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/{react,ui,playground}/**/*.{ts,tsx}', '.storybook/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  ...Object.entries(layers).map(([name, forbidden]) => ({
    files: [`packages/${name}/src/**/*.{ts,tsx}`],
    ignores: testFiles,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: forbidden.map((path) => ({ name: path, message: 'Imports go one way; see CONTRIBUTING.md.' })),
          patterns: [
            ...forbidden.map((path) => ({ group: [`${path}/*`] })),
            ...(platformFree.includes(name)
              ? [{ group: ['node:*'], message: 'This package also runs in browsers and Workers.' }]
              : []),
          ],
        },
      ],
    },
  })),
)
