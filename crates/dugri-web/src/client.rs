//! The address a request comes from. `X-Forwarded-For` is a claim that anybody can make: it counts only when the peer is
//! a proxy that the operator named, and then up to the last address that is none.

use std::net::IpAddr;
use std::str::FromStr;

use actix_web::HttpRequest;

/// The networks of the operator's own proxies.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<Network>);

/// A network: an address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl FromStr for Network {
    type Err = ();

    /// Reads `10.0.0.1`, `10.0.0.0/8`, `::1` or `fd00::/8`.
    fn from_str(text: &str) -> Result<Network, ()> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| ())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse().map_err(|_| ()))?;
        if bits > most {
            Err(())
        } else {
            Ok(Network { address, bits })
        }
    }
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                u32::from(own) & mask == u32::from(other) & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                u128::from(own) & mask == u128::from(other) & mask
            }
            _ => false,
        }
    }
}

impl Proxies {
    /// These networks.
    pub fn new(networks: Vec<Network>) -> Proxies {
        Proxies(networks)
    }

    fn contain(&self, address: IpAddr) -> bool {
        // An IPv4 peer may come in through an IPv6 socket.
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(address))
    }

    /// The client's address.
    pub fn client(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        if !self.contain(peer) {
            return Some(peer.to_canonical());
        }
        let forwarded: Vec<IpAddr> = req
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map_while(|text| text.trim().parse().ok())
            .collect();
        let client = forwarded.iter().rev().find(|address| !self.contain(**address));
        Some(client.copied().unwrap_or(peer).to_canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let networks = proxies
            .iter()
            .map(|text| text.parse().expect("a network"))
            .collect();
        let mut request =
            TestRequest::default().peer_addr(format!("{peer}:1234").parse().expect("an address"));
        for value in forwarded {
            request = request.append_header(("X-Forwarded-For", *value));
        }
        let found = Proxies::new(networks).client(&request.to_http_request());
        found.expect("a peer").to_string()
    }

    #[test]
    fn only_named_proxies_are_believed() {
        assert_eq!(client("203.0.113.9", &["1.2.3.4"], &[]), "203.0.113.9");
        assert_eq!(
            client("203.0.113.9", &["1.2.3.4"], &["10.0.0.0/8"]),
            "203.0.113.9"
        );
        assert_eq!(client("10.1.2.3", &["1.2.3.4"], &["10.0.0.0/8"]), "1.2.3.4");
    }

    #[test]
    fn what_the_client_wrote_itself_is_left_aside() {
        assert_eq!(
            client("10.1.2.3", &["6.6.6.6, 1.2.3.4"], &["10.0.0.0/8"]),
            "1.2.3.4"
        );
        assert_eq!(
            client("10.1.2.3", &["6.6.6.6, 1.2.3.4, 10.9.9.9"], &["10.0.0.0/8"]),
            "1.2.3.4"
        );
        assert_eq!(
            client("10.1.2.3", &["6.6.6.6", "1.2.3.4"], &["10.0.0.0/8"]),
            "1.2.3.4"
        );
        assert_eq!(client("10.1.2.3", &[], &["10.0.0.0/8"]), "10.1.2.3");
    }

    #[test]
    fn networks_are_read_with_and_without_bits() {
        for good in ["10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "fd00::/8"] {
            assert!(good.parse::<Network>().is_ok(), "{good}");
        }
        for wrong in ["", "10.0.0", "10.0.0.0/33", "::/129", "x/8", "10.0.0.0/"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
        assert_eq!(
            client("1.1.1.1", &["2.2.2.2"], &["0.0.0.0/0"]),
            "1.1.1.1",
            "all are proxies"
        );
    }
}
