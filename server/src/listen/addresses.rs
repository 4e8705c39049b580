//! The connections of each address: counted, so that one of them cannot use up the server.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// How many connections every address has.
#[derive(Debug)]
pub(super) struct Addresses {
    most: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// One connection's place; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    addresses: Arc<Addresses>,
    address: IpAddr,
}

impl Addresses {
    /// Places for that many connections of one address.
    pub(super) fn at_most(most: usize) -> Arc<Self> {
        let taken = Mutex::default();
        Arc::new(Self { most, taken })
    }

    /// Takes a place; none if the address has all of them.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = household(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = taken.entry(address).or_default();
        if *of_address >= self.most {
            return None;
        }
        *of_address += 1;
        let addresses = Arc::clone(self);
        Some(Place { addresses, address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = &self.addresses.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_address) = taken.get_mut(&self.address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

/// Whose address it is: who has one of version 6 has all that begin with the same 64 bits.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_places_and_gives_them_back() {
        let addresses = Addresses::at_most(2);
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        let first = addresses.take(one);
        let second = addresses.take(one);
        assert!(first.is_some() && second.is_some());
        assert!(addresses.take(one).is_none());
        assert!(addresses.take("192.0.2.2".parse().unwrap()).is_some());
        drop(first);
        assert!(
            addresses
                .take("::ffff:192.0.2.1".parse().unwrap())
                .is_some()
        );
        drop(second);
        assert!(addresses.taken.lock().unwrap().is_empty());
    }

    #[test]
    fn a_network_of_version_six_is_one_address() {
        let addresses = Addresses::at_most(1);
        let one = addresses.take("2001:db8:1:2::1".parse().unwrap());
        assert!(one.is_some());
        assert!(
            addresses
                .take("2001:db8:1:2:ffff::9".parse().unwrap())
                .is_none()
        );
        assert!(addresses.take("2001:db8:1:3::1".parse().unwrap()).is_some());
    }
}
