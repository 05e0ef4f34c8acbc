import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { credentialFingerprint, parseCredential } from '../../nodes/Uphance/auth/credential.ts';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import type { ClientState } from '../../nodes/Uphance/transport/clientState.ts';

interface Given {
	/** How many organisations the user had at the sign-in; undefined if there is no session. */
	organisationCount?: number;
	signal?: AbortSignal;
	/** Answers a request, or throws. */
	answer?: (request: IHttpRequestOptions) => unknown;
}

let users = 0;

/** A client's state, of a user of its own, who talks to a function. Tells what was asked for and what was logged. */
export function clientState({ organisationCount, signal, answer = () => ({ Status: 'Updated' }) }: Given = {}) {
	const form = { email: `user${++users}@example.com`, password: 'secret', organisationId: '', apiUrl: '' };
	const credential = parseCredential(form);
	const requests: string[] = [];
	const warnings: string[] = [];
	const context = {
		getNode: () => ({ name: 'Uphance', type: 'uphance', typeVersion: 1, id: '', position: [0, 0], parameters: {} }),
		logger: { warn: (message: string) => void warnings.push(message) },
		helpers: {
			async httpRequestWithAuthentication(_name: string, request: IHttpRequestOptions) {
				requests.push(
					`${request.method} ${request.url.replace(credential.apiUrl, '')} ${JSON.stringify(request.body)}`,
				);
				return { statusCode: 200, headers: {}, body: await answer(request) };
			},
		},
	} as unknown as IExecuteFunctions;
	const sessionOf = (accessToken: string) =>
		JSON.stringify({
			accessToken,
			expiresAt: 1,
			organisation: { id: 1, name: 'One' },
			organisationCount,
			fingerprint: credentialFingerprint(credential),
		});
	const state: ClientState = {
		context,
		credentialData: organisationCount === undefined ? form : { ...form, sessionToken: sessionOf('token') },
		credential,
		limits: { ...defaultLimits, gracePeriodMs: 1 },
		signal,
		noRetry: true,
		keepOrganisation: false,
		requestedOrganisations: new Set(),
		foreignIds: new Map(),
	};
	/** n8n renewed the session. */
	const renew = () => void (state.credentialData.sessionToken = sessionOf('renewed'));
	return { state, requests, warnings, renew };
}
