import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { consumeTestHeader } from './credentialTest';
import { readSession } from './session';

/** No token of Uphance's looks like this (64 hex digits, uphance-api.md 2.1): the answer is 401, and n8n signs in. */
const invalidToken = 'none';

/**
 * n8n would follow a redirect to another host with the token (n8n-platform.md 0a). Nodes know the first of these, the
 * older helper behind n8n's HTTP Request node the other two.
 */
const noRedirects = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

/**
 * Puts the session on a request, or a bearer that cannot be valid when there is none for what the form says now.
 *
 * @throws UserError for an address that nothing may be sent to.
 */
export async function authenticate(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const isFirstTestRequest = consumeTestHeader(credential, request);
	const session = readSession(credential);
	const Authorization = `Bearer ${isFirstTestRequest || !session ? invalidToken : session.accessToken}`;
	return { ...request, ...noRedirects, headers: { ...request.headers, Authorization } };
}
