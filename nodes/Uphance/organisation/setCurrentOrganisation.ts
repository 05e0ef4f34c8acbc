/**
 * Makes an organisation the current one of the user at Uphance (docs/uphance.openapi.yaml:
 * POST /organisations/set_current_org). The only place that does.
 *
 * @param post sends a POST with a JSON body and returns the answer's body
 */
export async function setCurrentOrganisation(
	organizationId: number,
	post: (path: string, body: { organizationId: number }) => Promise<unknown>,
): Promise<void> {
	await post('/organisations/set_current_org', { organizationId });
}
