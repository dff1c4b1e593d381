# One image for every process of the portal: its command says which. See docs/runbooks/containers.md.
# Debian with glibc, as the development machine has it. Pin a digest, too, where your registry keeps them.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# The console and the database client are built with every package.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY . .
RUN node scripts/build.ts

# What the worker and the commands load. Optional packages are PostgreSQL for this machine and build tools; the browser's
# packages and Next are part of the built console already, as far as it needs them.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error
RUN rm -rf node_modules/next node_modules/@next node_modules/react-dom node_modules/lucide-react node_modules/geist node_modules/radix-ui node_modules/@radix-ui

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Quarterdeck" \
      org.opencontainers.image.description="Self-hosted portal: deploy, watch and roll back services on ECS." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
WORKDIR /app
# A volume that is mounted here takes this owner. Only local AWS keeps files.
RUN install -d -o 1000 -g 1000 -m 0700 /data
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/.next/standalone ./.next/standalone
COPY --from=build /app/server ./server
COPY package.json ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY infra/local-aws ./infra/local-aws
COPY infra/qkart ./infra/qkart
COPY infra/docker ./infra/docker
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "infra/docker/health.ts"]
ENTRYPOINT ["node", "infra/docker/entry.ts"]
CMD ["web"]
