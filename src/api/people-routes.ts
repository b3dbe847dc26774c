/** People, their roles and ways in, keys for programs, and the record of who did what. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  AuditAnswer,
  AuditQuery,
  InviteRequest,
  KeyAnswer,
  KeyRequest,
  KeysAnswer,
  LinkAnswer,
  MeAnswer,
  NamesAnswer,
  PasswordRequest,
  PeopleAnswer,
  PersonChangeRequest,
  PersonRow,
} from "../contract/people.ts";
import { PERMISSIONS, scopeFor } from "../domain/roles.ts";
import type { JoinLink, PeopleDesk } from "../workflows/people.ts";
import type { SignInDesk } from "../workflows/sign-in.ts";
import { callerOf, holderOfEverything, sessionSecret } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";
import { auditPage, personRow } from "./people-rows.ts";

const Id = z.object({ id: z.string().min(1).max(200) });
const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];

const reads = (operationId: string, summary: string, description?: string): About => ({
  operationId,
  summary,
  tag: "People",
  needs: "people",
  problems: ["BAD_REQUEST"],
  ...(description === undefined ? {} : { description }),
});
const writes = (
  operationId: string,
  summary: string,
  description: string,
  problems: readonly string[],
): About => ({
  operationId,
  summary,
  description,
  tag: "People",
  needs: "people",
  writes: true,
  problems: [...JSON_BODY, "GRANT_NOT_YOURS", ...problems],
});

const linkAnswer = ({ person, path, expiresAt }: JoinLink): LinkAnswer => ({
  person,
  path,
  expiresAt: expiresAt.toISOString(),
});

export function registerPeopleRoutes(
  plain: FastifyInstance,
  options: {
    readonly desk: PeopleDesk;
    readonly signIns: SignInDesk;
    readonly version: string;
    /** Ends the live streams of a person, opened with what they might see then. */
    readonly endStreams: (person: string) => void;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { desk } = options;

  app.get(
    "/me",
    {
      schema: jsonOperation(
        {
          operationId: "getMe",
          summary: "Who is signed in, and what they may",
          tag: "People",
          needs: "sign-in",
        },
        MeAnswer,
      ),
    },
    async (request) => {
      const { person, grants, scope } = callerOf(request);
      const known = await desk.find(person);
      return {
        person,
        name: known?.name ?? "",
        contact: known?.contact ?? null,
        hasPassword: known?.hasPassword ?? false,
        accounts: scope.accounts === "all" ? scope.accounts : [...scope.accounts],
        grants: [...grants],
        permissions: PERMISSIONS.filter((permission) => scopeFor(grants, permission) !== null),
        version: options.version,
      };
    },
  );
  app.post(
    "/me/password",
    {
      schema: {
        ...emptyOperation({
          operationId: "setPassword",
          summary: "Set or change one's own password",
          description:
            "Together with the e-mail or phone that the person is known by. Ends their other sessions.",
          tag: "People",
          needs: "sign-in",
          writes: true,
          problems: [...JSON_BODY, "WRONG_PASSWORD", "TOO_MANY_ATTEMPTS", "CONTACT_MISSING"],
        }),
        body: PasswordRequest,
      },
    },
    async (request, reply) => {
      const { password, current } = request.body;
      const { person } = callerOf(request);
      await options.signIns.setPassword(person, password, current, sessionSecret(request));
      return reply.code(204).send();
    },
  );
  app.get(
    "/names",
    {
      schema: jsonOperation(
        {
          operationId: "listNames",
          summary: "Names of colleagues by the ids that deeds are kept under",
          tag: "People",
          needs: "sign-in",
        },
        NamesAnswer,
      ),
    },
    async (request) => ({ names: Object.fromEntries(await desk.names(callerOf(request))) }),
  );
  app.get(
    "/people",
    {
      schema: jsonOperation(
        reads(
          "listPeople",
          "Who may come in, and with which roles",
          "As far as the caller manages people: roles in other accounts are not shown.",
        ),
        PeopleAnswer,
      ),
    },
    async (request) => {
      const caller = callerOf(request);
      const names = await desk.names(caller);
      const present = await desk.list(caller);
      return { items: present.map((person) => personRow(person, names)) };
    },
  );
  app.post(
    "/people",
    {
      schema: {
        ...jsonOperation(
          writes(
            "invitePerson",
            "Invite somebody",
            "Answers with a link that lets them in once within seven days; give it to nobody else. They need nothing " +
              "but the link.",
            ["CONTACT_TAKEN"],
          ),
          LinkAnswer,
        ),
        body: InviteRequest,
      },
    },
    async (request) => linkAnswer(await desk.invite(callerOf(request), request.body)),
  );
  app.post(
    "/people/:id/link",
    {
      schema: {
        ...jsonOperation(
          writes(
            "renewLink",
            "A new link for somebody",
            "For another device, or when the first was lost; earlier links stop working.",
            ["PERSON_UNKNOWN"],
          ),
          LinkAnswer,
        ),
        params: Id,
      },
    },
    async (request) => linkAnswer(await desk.link(callerOf(request), request.params.id)),
  );
  app.patch(
    "/people/:id",
    {
      schema: {
        ...jsonOperation(
          writes(
            "changePerson",
            "Change name, contact or roles",
            "`grants` are all roles in the accounts whose people the caller manages; roles elsewhere stay.",
            ["PERSON_UNKNOWN", "CONTACT_TAKEN", "LAST_OWNER"],
          ),
          PersonRow,
        ),
        params: Id,
        body: PersonChangeRequest,
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const changed = await desk.change(caller, request.params.id, request.body);
      if (request.body.grants !== undefined) options.endStreams(changed.id);
      return personRow(changed, await desk.names(caller));
    },
  );
  app.delete(
    "/people/:id",
    {
      schema: {
        ...emptyOperation(
          writes(
            "removePerson",
            "Let somebody in no more",
            "Ends their sessions, links and keys at once. What they did stays under their name.",
            ["PERSON_UNKNOWN", "LAST_OWNER"],
          ),
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      await desk.remove(callerOf(request), request.params.id);
      options.endStreams(request.params.id);
      return reply.code(204).send();
    },
  );
  app.get(
    "/keys",
    { schema: jsonOperation(reads("listKeys", "Keys for programs"), KeysAnswer) },
    async (request) => {
      const caller = callerOf(request);
      const names = await desk.names(caller);
      const keys = await desk.keys(caller);
      return {
        items: keys.map(({ person, grants, addedAt, expiresAt, usedAt, revokedAt, ...key }) => ({
          ...key,
          madeBy: names.get(person) ?? "",
          grants: [...grants],
          addedAt: addedAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
          usedAt: usedAt?.toISOString() ?? null,
          revokedAt: revokedAt?.toISOString() ?? null,
        })),
      };
    },
  );
  app.post(
    "/keys",
    {
      schema: {
        ...jsonOperation(
          writes(
            "createKey",
            "Make a key for a program",
            "It may do what its roles say, never more than who made it may at the time of asking. The secret is in " +
              "this answer and nowhere else.",
            [],
          ),
          KeyAnswer,
        ),
        body: KeyRequest,
      },
    },
    async (request) => {
      const { expiresAt, ...key } = await desk.createKey(callerOf(request), request.body);
      return { ...key, expiresAt: expiresAt.toISOString() };
    },
  );
  app.delete(
    "/keys/:id",
    {
      schema: {
        ...emptyOperation(
          writes("revokeKey", "Revoke a key", "It opens nothing from now on.", ["KEY_UNKNOWN"]),
        ),
        params: Id,
      },
    },
    async (request, reply) => {
      await desk.revokeKey(callerOf(request), request.params.id);
      return reply.code(204).send();
    },
  );
  app.get(
    "/audit",
    {
      schema: {
        ...jsonOperation(
          {
            ...reads(
              "listAudit",
              "Who changed or took away what, newest first",
              "Every request that changes something or gives rows away as a file, also refused ones. For owners of " +
                "every account.",
            ),
            problems: ["BAD_REQUEST", "BAD_CURSOR"],
          },
          AuditAnswer,
        ),
        querystring: AuditQuery.strict(),
      },
    },
    (request) => auditPage(desk, holderOfEverything(request), request.query),
  );
}
