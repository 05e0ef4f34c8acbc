import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { consumeTestHeader } from './credentialTest';
import { readSession } from './session';

/** Not a token of Uphance (docs/uphance.openapi.yaml: POST /oauth/token), so Uphance answers 401 and n8n signs in. */
const invalidToken = 'none';

/**
 * n8n follows redirects to another host with the token. The request helper of nodes reads the first of these options,
 * the older one of n8n's HTTP Request node (n8n-core's request helpers) the other two.
 */
const noRedirects = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

/**
 * Adds the access token to a request, as n8n's `authenticate`. Without a session that belongs to the form, adds a token
 * that Uphance rejects.
 *
 * @throws UserError for an 'API URL' that nothing may be sent to
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
