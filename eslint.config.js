import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.{ts,tsx,mjs}', 'e2e/**', 'test/**']
const nextDefaults = 'app/**/{page,layout,template,loading,error,global-error,not-found,default,icon}.tsx'
const configFiles = ['*.config.{js,mjs,ts}', '.dependency-cruiser.cjs']

const bareHttp = ['request', 'get', 'Agent', 'globalAgent', 'ClientRequest', 'default'].flatMap((name) => {
  const message = 'Calls leave through lib/outbound, which checks the address.'
  return ['http', 'https'].flatMap((module) => [
    { name: module, importNames: [name], message },
    { name: `node:${module}`, importNames: [name], message },
  ])
})

export default defineConfig(
  {
    ignores: [
      '.next',
      'dist',
      '.cache',
      '.sluice',
      'lib/data/generated',
      'next-env.d.ts',
      'bench/peers',
      'test-results',
    ],
  },
  // A rule is changed here, for everybody, or not at all.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['File', 'Error', 'URL', 'RegExp'] }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `[...text]` is how characters are counted instead of UTF-16 units.
      '@typescript-eslint/no-misused-spread': 'off',
      // What is async is often so for the sake of its interface.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.base] },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-var': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'max-lines': ['error', 300],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    files: ['**/*.tsx', 'components/**', 'lib/editor/**'],
    extends: [reactHooks.configs.flat.recommended],
    // It warns of what the React Compiler would pass over; the compiler does not run here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    files: ['lib/**', 'server/**', 'app/**', 'components/**'],
    ignores: ['lib/env.ts', ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in lib/env.ts.' },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['lib/**', 'server/**', 'app/api/**'],
    // The hardening imports the network to take it away from Python.
    ignores: ['lib/outbound/**', 'lib/editor/**', 'lib/sandbox/python-hardening.mjs', ...tests],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Calls leave through lib/outbound.' }],
      'no-restricted-imports': [
        'error',
        {
          paths: bareHttp,
          patterns: [{ group: ['undici', 'undici/*'], message: 'Calls leave through lib/outbound.' }],
        },
      ],
    },
  },
  { files: ['app/api/**/route.ts'], rules: { 'max-lines': ['error', 40] } },
  { files: [nextDefaults, ...configFiles, 'test/server-global-setup.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: tests,
    rules: {
      'max-lines': ['error', 400],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Matchers (`expect.any`) and the loosely typed answers of the API.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
)
