/** Alerts of new leads: one's own devices, whose alerts are on, and the program that hears of new leads too. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  AlertsAnswer,
  AlertsRequest,
  DeviceRequest,
  ForgetDeviceRequest,
  HookAnswer,
  HookRequest,
  PushAnswer,
  PushTestAnswer,
} from "../contract/push.ts";
import type { PushDesk } from "../workflows/push-desk.ts";
import { callerOf, holderOfEverything } from "./access.ts";
import { type About, emptyOperation, jsonOperation } from "./openapi.ts";

const JSON_BODY = ["BAD_REQUEST", "BODY_TOO_LARGE", "UNSUPPORTED_BODY"];
const Id = z.object({ id: z.string().min(1).max(200) });

const own = (operationId: string, summary: string, description: string): About => ({
  operationId,
  summary,
  description,
  tag: "Work",
  needs: "own_leads",
  writes: true,
  problems: JSON_BODY,
});

export function registerPushRoutes(plain: FastifyInstance, push: PushDesk): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/push",
    {
      schema: jsonOperation(
        {
          operationId: "getPush",
          summary: "Whether one's devices are alerted of new leads, and the key that browsers want",
          tag: "Work",
          needs: "own_leads",
        },
        PushAnswer,
      ),
    },
    (request) => push.about(callerOf(request).person),
  );
  app.post(
    "/push/devices",
    {
      schema: {
        ...jsonOperation(
          {
            ...own(
              "registerDevice",
              "Alert this device of new leads",
              "Takes what the browser's `PushSubscription` says. A device belongs to whoever registered it last.",
            ),
            problems: [...JSON_BODY, "PUSH_SERVICE_UNKNOWN"],
          },
          PushAnswer,
        ),
        body: DeviceRequest,
      },
    },
    (request) => push.register(callerOf(request).person, request.body),
  );
  app.post(
    "/push/forget",
    {
      schema: {
        ...emptyOperation(
          own(
            "forgetDevice",
            "Alert a device no more",
            "One that is not known is forgotten already.",
          ),
        ),
        body: ForgetDeviceRequest,
      },
    },
    async (request, reply) => {
      await push.forget(callerOf(request).person, request.body.endpoint);
      return reply.code(204).send();
    },
  );
  app.post(
    "/push/test",
    {
      schema: {
        ...jsonOperation(
          own(
            "tryPush",
            "Send a trial to one's own devices",
            "Answers when push services have answered.",
          ),
          PushTestAnswer,
        ),
        body: z.strictObject({}),
      },
    },
    (request) => push.trial(callerOf(request).person),
  );
  app.get(
    "/alerts",
    {
      schema: jsonOperation(
        {
          operationId: "listAlerts",
          summary: "Who is alerted of new leads",
          tag: "People",
          needs: "people",
        },
        AlertsAnswer,
      ),
    },
    (request) => push.alerts(callerOf(request)),
  );
  app.patch(
    "/alerts/:id",
    {
      schema: {
        ...jsonOperation(
          {
            operationId: "setAlerts",
            summary: "Switch somebody's alerts on or off",
            tag: "People",
            needs: "people",
            writes: true,
            problems: [...JSON_BODY, "PERSON_UNKNOWN"],
          },
          AlertsAnswer,
        ),
        params: Id,
        body: AlertsRequest,
      },
    },
    (request) => push.setAlerts(callerOf(request), request.params.id, request.body.alerts),
  );
  app.post(
    "/alerts/hook",
    {
      schema: {
        ...jsonOperation(
          {
            operationId: "setHook",
            summary: "Tell a program of new leads",
            description:
              "From now on the address gets one signed message per lead that is given to somebody or waits for anybody: " +
              "account, lead, project, campaign, person; never a phone or an e-mail. The secret is in this answer and " +
              "nowhere else. For owners of every account.",
            tag: "People",
            needs: "people",
            writes: true,
            problems: JSON_BODY,
          },
          HookAnswer,
        ),
        body: HookRequest,
      },
    },
    (request) => {
      holderOfEverything(request);
      return push.setHook(request.body.url);
    },
  );
}
