"""What serves training sites, put together for `motp_verifier.app`."""

from dataclasses import dataclass

from litestar import Router

from motp_verifier.config import Config, ConfigError
from motp_verifier.http.fast_checks import FastChecks
from motp_verifier.http.published_keys import published_keys_router
from motp_verifier.http.site import site_router
from motp_verifier.http.site_guard import SiteGuard
from motp_verifier.runtime import Runtime
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.api_keys import ApiKeys
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
    watching: Watching


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
    guard = SiteGuard(
        ApiKeys(store, now), RequestLimit(counts, policies, config.site_requests, now)
    )
    acceptances = Acceptances(policies, Receipts(signing_keys, config.origin()))
    verification = Verification(store, keys, acceptances, now, runtime.metrics, names=demanded)
    checks = SiteChecks(verification, failures)
    return SiteServices(
        demanded,
        signing_keys,
        requirements,
        [
            site_router(guard, checks, requirements),
            published_keys_router(signing_keys.published, cache_seconds=CACHE_SECONDS),
        ],
        FastChecks(guard, checks, https=config.origin().startswith("https:")),
        Watching([signing_keys.refresh, policies.reload, failures.share]),
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
