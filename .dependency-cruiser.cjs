// The realms and their one direction. Types are erased before imports are followed: a type may come from anywhere.
const serverRealm =
  '^(server/|lib/(data|auth|jobs|engine|http|observe|operations|outbound|sandbox|models)/|lib/blocks/(runners[.]ts|[^/]+/run[.]ts))'
const browserRealm = '^(components/|lib/editor/)'
const settings = '^lib/(env|limits)[.]ts$'

/** @type {(name: string, from: string, to: string | object, more?: object) => object} */
const forbid = (name, from, to, more = {}) => ({
  name,
  severity: 'error',
  from: { path: from, ...more },
  to: typeof to === 'string' ? { path: to } : to,
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    forbid('everything-resolves', '.', { couldNotResolve: true }),
    forbid('no-tests-in-the-product', '.', '^(test|e2e|bench)/'),
    forbid('settings-are-leaves', settings, { pathNot: [settings, '^node_modules/zod'] }),
    forbid('contract-is-the-bottom', '^lib/contract/', { pathNot: ['^lib/contract/', settings, '^node_modules/zod'] }),
    forbid('graph-stays-pure', '^lib/graph/', {
      pathNot: [
        '^lib/(contract|graph)/',
        '^lib/blocks/(contract|definitions)[.]ts$',
        settings,
        '^node_modules/(zod|jsep|cron-parser|luxon|@dagrejs)',
      ],
    }),
    forbid('definitions-are-leaves', '^lib/blocks/[^/]+/definition[.]ts$', {
      pathNot: ['^lib/blocks/contract[.]ts$', '^lib/contract/', settings, '^node_modules/zod'],
    }),
    forbid('blocks-are-strangers', '^lib/blocks/([^/]+)/', { path: '^lib/blocks/[^/]+/', pathNot: '^lib/blocks/$1/' }),
    forbid('engine-serves-from-below', '^lib/engine/', '^lib/(http|operations)/|^node_modules/(next|react)(/|$)'),
    forbid('operations-know-no-transport', '^lib/operations/', '^lib/http/|^node_modules/(next|react)(/|$)'),
    forbid(
      'data-is-below-everything',
      '^lib/data/',
      '^(app|components|server)/|^lib/(auth|jobs|engine|http|operations|outbound|sandbox|models|editor|blocks)/',
    ),
    forbid('auth-decides-nothing-else', '^lib/auth/', '^lib/(operations|engine|jobs|http)/'),
    forbid('http-stays-an-adapter', '^lib/http/', '^lib/(data|engine|jobs)/'),
    forbid('jobs-know-no-caller', '^lib/jobs/', '^lib/(operations|http)/'),
    forbid('observe-only-listens', '^lib/observe/', '^lib/(data|auth|jobs|operations|http)/'),
    forbid('doors-know-no-caller', '^lib/(sandbox|outbound|models)/', '^lib/(engine|operations|http|jobs)/'),
    forbid('lib-knows-no-process', '^lib/', '^(server|app|components)/'),
    forbid('pages-and-routes-use-operations', '^app/', '^lib/(data|engine|jobs|blocks/runners)'),
    forbid('routes-use-nothing-of-next', '^app/api/', '^node_modules/next(/|$)', { pathNot: '^app/api/auth/' }),
    forbid('routes-only-adapt', '^app/api/', '^(components|lib/(editor|engine|data))/|^node_modules/zod'),
    forbid('browser-never-reaches-server', browserRealm, { path: serverRealm, reachable: true }),
    forbid('browser-shows-no-single-block', browserRealm, '^lib/blocks/[^/]+/'),
    forbid('primitives-are-ours-alone', '^components/ui/', '^(lib|app|server)/|^components/(?!ui/)'),
    forbid('prisma-stays-in-data', '.', '^node_modules/@prisma/|^lib/data/generated/', { pathNot: '^lib/data/' }),
    forbid('network-goes-through-outbound', '^(lib|app)/', '^node_modules/undici', { pathNot: '^lib/outbound/' }),
  ],
  required: [
    {
      name: 'server-modules-carry-the-marker',
      severity: 'error',
      module: {
        path: '^lib/(data|operations|auth|observe|outbound|blocks/runners[.]ts|blocks/[^/]+/run[.]ts)',
        pathNot: '^lib/data/generated/',
      },
      to: { path: 'server-only' },
    },
  ],
  options: {
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^[.]next/|^dist/|[.]test[.]tsx?$)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
