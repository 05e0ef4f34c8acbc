import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { SignInRefused } from './errors';
import { refusedPassword, refusedStep } from './errors';
import type { SignInForm } from './credential';

/** Milliseconds for each request of a sign-in. */
const timeout = 30_000;

/** Sends one request of a sign-in. @throws SignInRefused, never n8n's own error, which carries what was sent */
export type Send = (step: string, path: string, options: Omit<IHttpRequestOptions, 'url'>) => Promise<unknown>;

export const bearer = (accessToken: string) => ({ headers: { Authorization: `Bearer ${accessToken}` } });

export function sendTo({ apiUrl }: SignInForm, { helpers }: IHttpRequestHelper): Send {
	return async (step, path, options) => {
		try {
			const answer: unknown = await helpers.httpRequest({
				...options,
				url: apiUrl + path,
				headers: { 'Content-Type': 'application/json', ...options.headers },
				disableFollowRedirect: true,
				json: true,
				timeout,
			});
			return answer;
		} catch (error) {
			throw refused(step, error);
		}
	};
}

/** Status 400, 401 or 403 for a sign-in means its password; which of them Uphance uses is unknown (uphance-api.md 2.8). */
function refused(step: string, error: unknown): SignInRefused {
	const answer = answerIn(error);
	const isPassword = step === 'sign in' && [400, 401, 403].includes(answer.status ?? 0);
	return isPassword ? refusedPassword(answer) : refusedStep(step, answer);
}

function answerIn(error: unknown): SignInRefused['answer'] {
	if (typeof error !== 'object' || error === null) return {};
	const response = 'response' in error && typeof error.response === 'object' ? error.response : null;
	return {
		status: response && 'status' in response ? Number(response.status) : undefined,
		headers: response && 'headers' in response ? response.headers : undefined,
		// n8n itself refuses some requests, e.g. to a domain that the credential does not allow: then its words say why.
		code:
			'code' in error ? String(error.code) : response === null && error instanceof Error ? error.message : undefined,
	};
}
