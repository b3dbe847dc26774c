/** The HTTP door: takes the product's services and gives an app that serves the page, the API and its description. */
import cookie from "@fastify/cookie";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Clock } from "../base/clock.ts";
import type { CampaignQuestions } from "../marts/campaign-questions.ts";
import type { LeadQuestions } from "../marts/lead-questions.ts";
import type { PortfolioQuestions } from "../marts/portfolio-questions.ts";
import type { MartQueries } from "../marts/queries.ts";
import type { Store } from "../store/store.ts";
import type { DefinitionsDesk } from "../workflows/definitions.ts";
import type { DigestDesk } from "../workflows/digests.ts";
import type { ExploreDesk } from "../workflows/explore-desk.ts";
import type { ImportDesk } from "../workflows/import-desk.ts";
import type { JobDesk } from "../workflows/jobs.ts";
import type { PasskeyDesk } from "../workflows/passkeys.ts";
import type { PeopleDesk } from "../workflows/people.ts";
import type { PushDesk } from "../workflows/push-desk.ts";
import type { ViewsDesk } from "../workflows/saved-views.ts";
import type { ShareDesk } from "../workflows/shares.ts";
import type { SignInDesk } from "../workflows/sign-in.ts";
import type { TemplatesDesk } from "../workflows/templates.ts";
import type { TodayDesk } from "../workflows/today.ts";
import type { WorkDesk } from "../workflows/work-desk.ts";
import { registerCampaignRoutes } from "./campaign-routes.ts";
import { compressAnswer } from "./compression.ts";
import { registerDigestRoutes } from "./digest-routes.ts";
import { registerDocsPage } from "./docs-page.ts";
import { registerEnter } from "./enter.ts";
import { registerExploreRoutes } from "./explore-routes.ts";
import { registerExportRoutes } from "./export-routes.ts";
import { guard } from "./guard.ts";
import { registerHealthRoutes } from "./health-routes.ts";
import { registerImportRoutes } from "./import-routes.ts";
import { registerJobRoutes } from "./job-routes.ts";
import { registerLeadRoutes } from "./lead-routes.ts";
import { closeConnectionsOnceIdle, endUnreadRequest } from "./lingering.ts";
import { logOptions } from "./log-options.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerOverviewRoutes } from "./overview-routes.ts";
import { isPageAddress, registerPageFiles } from "./page-files.ts";
import { registerPasskeyRoutes, registerPasskeySignIn } from "./passkey-routes.ts";
import { registerPeopleRoutes } from "./people-routes.ts";
import { registerPortfolioRoutes } from "./portfolio-routes.ts";
import { answerError, sendProblem } from "./problem-answer.ts";
import { registerPushRoutes } from "./push-routes.ts";
import { checkHost, checkSameOrigin } from "./same-origin.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { registerShareRoutes } from "./share-routes.ts";
import { registerSignInRoute } from "./sign-in-route.ts";
import { createStreamHub, type StreamHubOptions } from "./stream-hub.ts";
import { registerTemplateRoutes } from "./template-routes.ts";
import { registerTodayRoutes } from "./today-routes.ts";
import { createAddressBook, unknownAddress } from "./unknown-address.ts";
import { registerWorkRoutes } from "./work-routes.ts";
import { registerWorkspaceRoutes } from "./workspace-routes.ts";

export interface ApiServices {
  readonly queries: MartQueries;
  readonly campaigns: CampaignQuestions;
  readonly portfolio: PortfolioQuestions;
  readonly leads: LeadQuestions;
  readonly views: ViewsDesk;
  readonly imports: ImportDesk;
  /** Who may come in, and with what. */
  readonly access: Pick<Store, "sessions" | "people" | "keys">;
  readonly people: PeopleDesk;
  readonly signIns: SignInDesk;
  readonly passkeys: PasskeyDesk;
  readonly definitions: DefinitionsDesk;
  readonly templates: TemplatesDesk;
  readonly explore: ExploreDesk;
  readonly work: WorkDesk;
  readonly today: TodayDesk;
  readonly jobs: JobDesk;
  readonly digests: DigestDesk;
  readonly shares: ShareDesk;
  readonly push: PushDesk;
  readonly clock: Clock;
  readonly version: string;
  /** Why the server is not ready yet; empty = ready. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Folder of the built page, or null (API only). */
  readonly pageDirectory: string | null;
  /** pino options; queries of addresses are never logged, and fields under `pii` are removed. */
  readonly logger: boolean | object;
  /** Names besides localhost under which the server is reached, without port. */
  readonly hostNames?: readonly string[];
  /** Largest upload; default 8 GiB. */
  readonly uploadLimitBytes?: number;
  readonly stream?: Partial<StreamHubOptions>;
}

declare module "fastify" {
  interface FastifyInstance {
    /** Live streams open now. */
    openStreams(): number;
  }
}

const JSON_LIMIT_BYTES = 1024 * 1024;
const UPLOAD_LIMIT_BYTES = 8 * 1024 ** 3;

/**
 * Builds the app without listening; the caller binds it (to loopback) and closes it.
 *
 * @throws Problem `PAGE_NOT_BUILT` when `pageDirectory` holds no page
 */
export async function buildApp(services: ApiServices): Promise<FastifyInstance> {
  const { clock, version } = services;
  const hostNames = (services.hostNames ?? []).map((name) => name.toLowerCase());
  const app: FastifyInstance = fastify({
    logger: logOptions(services.logger),
    bodyLimit: JSON_LIMIT_BYTES,
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply as FastifyReply);
      answerError(error, request, reply as FastifyReply);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.decorateRequest("caller", null);
  app.decorateRequest("asking", null);

  const addresses = createAddressBook();
  app.addHook("onRoute", ({ method, url }) => addresses.add(method, url));
  app.addHook("onRequest", async (request, reply) => {
    setSecurityHeaders(reply);
    reply.header("x-request-id", request.id);
    checkHost(request.headers, hostNames);
    checkSameOrigin(request.method, request.headers);
  });
  app.addHook("onSend", compressAnswer);
  app.addHook("onResponse", endUnreadRequest);
  closeConnectionsOnceIdle(app);

  await app.register(cookie);
  await registerOpenApi(app, version);
  registerDocsPage(app);
  registerHealthRoutes(app, { version, notReady: services.notReady });
  const access = { ...services.access, clock, note: services.people.note };
  await registerEnter(app, access, { landing: services.pageDirectory === null ? "/docs" : "/" });

  await registerShareRoutes(app, services.shares);

  const hub = createStreamHub(services.imports, services.stream);
  app.decorate("openStreams", () => hub.size());
  app.addHook("preClose", async () => hub.close());

  await app.register(
    async (api) => {
      guard(api, access, services.people);
      registerOverviewRoutes(api, services.queries);
      registerLeadRoutes(api, services.leads);
      registerCampaignRoutes(api, services);
      registerPortfolioRoutes(api, services);
      registerExploreRoutes(api, { explore: services.explore, queries: services.queries, clock });
      registerTodayRoutes(api, services.today);
      registerPushRoutes(api, services.push);
      registerExportRoutes(api, services);
      registerJobRoutes(api, services);
      registerDigestRoutes(api, services);
      registerImportRoutes(api, {
        imports: services.imports,
        clock,
        uploadLimitBytes: services.uploadLimitBytes ?? UPLOAD_LIMIT_BYTES,
      });
      registerWorkspaceRoutes(api, {
        definitions: services.definitions,
        hub,
        sessions: services.access.sessions,
      });
      registerTemplateRoutes(api, services);
      registerWorkRoutes(api, { work: services.work, hub, clock });
      registerPeopleRoutes(api, {
        desk: services.people,
        signIns: services.signIns,
        version,
        endStreams: hub.drop,
      });
      registerPasskeyRoutes(api, services.passkeys);
    },
    { prefix: "/api/v1" },
  );

  await app.register(
    async (open) => {
      registerSignInRoute(open, access, services.signIns);
      registerPasskeySignIn(open, access, services.passkeys);
    },
    { prefix: "/api/v1" },
  );

  const sendIndex =
    services.pageDirectory === null ? null : await registerPageFiles(app, services.pageDirectory);
  app.setNotFoundHandler(async (request, reply) => {
    if (sendIndex !== null && isPageAddress(request)) return sendIndex(reply);
    const path = request.url.split("?", 1)[0] ?? "";
    const verbs = addresses.verbsOf(path);
    if (verbs.length > 0) reply.header("allow", verbs.join(", "));
    return sendProblem(unknownAddress(request.method, path, verbs), reply);
  });
  return app;
}
