import { type Answer, answerWith, refusalBody, withHeaders } from './answer';
import { authenticated } from './authentication';
import type { Checker } from './check';
import type { Operation } from './document';
import type { Route } from './route';
import { sampleAnswer } from './sample';
import { addLink } from './state';
import type { Call, Fault, RecordedRequest, State, Vendor } from './types';
import { vendorOf } from './apis';

/** Determines the response to a request. */
export interface Responder {
	/** The vendor's response. What the request creates is stored. `status` replaces the status of a successful response. */
	serve(request: RecordedRequest, route: Route, status?: number): Answer;
	/** The response that a fault specifies. */
	misbehave(fault: Fault, request: RecordedRequest, route: Route): Answer;
}

/** Creates the responder for vendors, by name; it stores what exists in `state`. */
export function responder(vendors: Map<string, Vendor>, check: Checker, state: State): Responder {
	const nobody = vendorOf('');
	const vendorFor = (route: Route) => vendors.get(route.vendor) ?? nobody;

	// If the mock server's responses violated the document, tests would prove the wrong thing.
	const checked = (operation: Operation | undefined, status: number, body: unknown): Answer => {
		const wrong = operation && check.answer(operation, status, body);
		if (!operation || wrong === undefined) return answerWith(status, body);
		const which = `The mock server's own answer ${status} to ${operation.method} ${operation.template}`;
		return answerWith(500, `${which} does not fit the document: ${wrong}`);
	};

	const accept = (operation: Operation, vendor: Vendor, call: Call): Answer => {
		const own = vendor.answers[operation.id];
		const { body, created, refused } = own ? own(call) : sampleAnswer(operation.answers[operation.success], call);
		if (refused)
			return checked(operation, refused.status, vendor.error({ ...refused, problems: [], schema: operation.answers[refused.status] }));
		const answer = checked(operation, operation.success, body);
		if (created && answer.status < 300) {
			state.credentials.push({ vendor: operation.vendor, id: created.id, params: call.params, body: call.body, record: created.record });
		}
		return answer;
	};

	const serve: Responder['serve'] = (request, route, status) => {
		const { operation } = route;
		const vendor = vendorFor(route);
		const refuse = (code: number, problems: Parameters<typeof refusalBody>[2] = []) =>
			checked(operation, code, refusalBody(vendor, code, problems, operation));

		if (!operation && route.allowed.length === 0) return refuse(404);
		if (!operation) return withHeaders(refuse(405), { headers: { allow: route.allowed.join(', ') } });
		if (!authenticated(operation, request, vendor.key)) return refuse(401);
		const { problems, params } = check.request(operation, request, route.segments);
		if (problems.length > 0) return refuse(vendor.refusal, problems);

		const { body } = request;
		const stored = state.credentials.filter((each) => each.vendor === operation.vendor);
		// The host under which the client reached the mock server is the one that works for it.
		const link = () => addLink(state, `http://${request.headers.host}`, { vendor: operation.vendor, params, body });
		const answer = accept(operation, vendor, { params, body, stored, state, link });
		return { ...answer, status: answer.status < 300 && status !== undefined ? status : answer.status };
	};

	const misbehave: Responder['misbehave'] = (fault, request, route) => {
		const { operation } = route;
		const vendor = vendorFor(route);
		const { body, echo } = fault;
		const status = fault.status ?? (echo ? vendor.refusal : undefined);

		const answer = (): Answer => {
			if (body !== undefined) return answerWith(status ?? operation?.success ?? 200, body);
			if (status === undefined || (status < 300 && status !== 204)) return serve(request, route, status);
			if (status < 400) return answerWith(status, undefined);
			return checked(operation, status, refusalBody(vendor, status, [], operation, echo ? request : undefined));
		};
		return withHeaders(answer(), fault);
	};

	return { serve, misbehave };
}
