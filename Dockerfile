# The assay command line as an image. Build: docker build --network=host -t assay .
#
# Programs run in sibling slots: containers that assay starts through the engine's socket, attached over stdio, without
# bind mounts. Who may use that socket is root on the engine's machine, so it is given on purpose and never by default:
#
#   docker run --rm -v /var/run/docker.sock:/var/run/docker.sock \
#     --group-add "$(stat -c %g /var/run/docker.sock)" -v "$PWD/runs:/data/runs" -v assay-cache:/cache \
#     assay run --set first-code --model openai:NAME --base-url URL
#
# The user is not root; --group-add gives it the socket's group. Without the socket there is bubblewrap, which needs
# flags of its own inside a container: `assay doctor` prints them. No model's weights are in the image. For the local
# model mount the cache that `npm run setup` filled on a host: -v ~/.cache/assay:/cache

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY src/setup src/setup
# Every binary that is needed comes inside a package; no package's script has to run.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends bubblewrap python3 \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data /cache && chmod 1777 /data /cache
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY package.json LICENSE CHANGELOG.md /app/
COPY src/setup /app/src/setup
COPY sandboxes /app/sandboxes
COPY problem-sets /app/problem-sets
ENV NODE_ENV=production ASSAY_CACHE=/cache
RUN printf '#!/bin/sh\nexec node /app/dist/cli/main.js "$@"\n' >/usr/local/bin/assay && chmod 755 /usr/local/bin/assay
USER node
WORKDIR /data
ENTRYPOINT ["assay"]
CMD ["--help"]
