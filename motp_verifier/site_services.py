"""What serves training sites, put together for `motp_verifier.app`."""

from dataclasses import dataclass

from litestar.types import BeforeMessageSendHookHandler

from motp_verifier.config import Config, ConfigError
from motp_verifier.http.fast_checks import FastChecks
from motp_verifier.http.forms import forms_router
from motp_verifier.http.page_forms import page_forms
from motp_verifier.http.published_keys import published_keys_router
from motp_verifier.http.router import Router
from motp_verifier.http.site import site_router
from motp_verifier.http.site_guard import SiteGuard
from motp_verifier.runtime import Runtime
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.api_keys import ApiKeys
from motp_verifier.services.form_interface.checks import FormChecks
from motp_verifier.services.form_interface.entrance import Entrance, Rates
from motp_verifier.services.form_interface.resets import FormResets
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.rate_limits.requests import RequestLimit
from motp_verifier.services.rate_limits.shared import SharedCounts
from motp_verifier.services.receipts import Receipts
from motp_verifier.services.requirements import Requirements
from motp_verifier.services.signing_keys import CACHE_SECONDS, SigningKeys
from motp_verifier.services.site_checks import SiteChecks
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.verification import Verification
from motp_verifier.services.watching import Watching


@dataclass(frozen=True, slots=True)
class SiteServices:
    """The parts that others need too, the routes, and what must be looked at while they serve."""

    names: NamePolicy
    signing_keys: SigningKeys
    requirements: Requirements
    routers: list[Router]
    fast_checks: FastChecks
    page_forms: BeforeMessageSendHookHandler
    watching: Watching
    policies: Policies
    guard: SiteGuard
    acceptances: Acceptances
    verification: Verification
    page_failures: FailureLimit


def site_services(
    config: Config, runtime: Runtime, names: NamePolicy | None = None
) -> SiteServices:
    """Everything behind the site API. Raises ConfigError for a policy that is wrong.

    `names` stands in for what the policies demand of names.
    """
    store, keys, now = runtime.store, runtime.keys, runtime.now
    policies = load_policies(config)
    demanded = policies if names is None else names
    signing_keys = SigningKeys(store, keys, now)
    counts = SharedCounts(store, now)
    failures = FailureLimit(
        store, counts, policies, config.site_failures, now, on_throttled=runtime.metrics.throttled
    )
    requirements = Requirements(store, keys, policies, now)
    requests = RequestLimit(counts, policies, config.site_requests, now)
    guard = SiteGuard(ApiKeys(store, now), requests)
    acceptances = Acceptances(policies, Receipts(signing_keys, config.origin()))
    verification = Verification(store, keys, acceptances, now, runtime.metrics, names=demanded)
    checks = SiteChecks(verification, failures)
    of_pages = Rates(
        RequestLimit(counts, policies, config.site_requests, now, kind="page-requests"),
        FailureLimit(
            store,
            counts,
            policies,
            config.site_failures,
            now,
            on_throttled=runtime.metrics.throttled,
            kind="page-failures",
        ),
    )
    entrance = Entrance(store, policies, {"server": Rates(requests, failures), "page": of_pages})
    return SiteServices(
        demanded,
        signing_keys,
        requirements,
        [
            site_router(guard, checks, requirements),
            forms_router(
                FormChecks(entrance, verification),
                FormResets(store, keys, entrance, now, runtime.metrics),
                config.addresses(),
            ),
            published_keys_router(signing_keys.published, cache_seconds=CACHE_SECONDS),
        ],
        FastChecks(guard, checks, https=config.origin().startswith("https:")),
        page_forms(policies.page_origins),
        Watching([signing_keys.refresh, policies.reload, failures.share, of_pages.failures.share]),
        policies,
        guard,
        acceptances,
        verification,
        of_pages.failures,
    )


def load_policies(config: Config) -> Policies:
    """The configured policies. Raises ConfigError, naming the file, the key and what is allowed."""
    policies = Policies(config.policy_folder())
    try:
        faults = policies.load()
    except OSError as error:
        raise ConfigError(f"policy_dir: cannot read {error.filename}: {error.strerror}") from error
    if faults:
        raise ConfigError("\n".join(faults))
    return policies
